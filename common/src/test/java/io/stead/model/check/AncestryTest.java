package io.stead.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.ServiceName;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B16")
class AncestryTest {
    @Test
    void line_climbsFromTheChildToTheRoot() {
        Map<ServiceName, ServiceSpec> specs = specs("a:b", "b:c", "c:");

        assertThat(Ancestry.line(name("a"), specs)).containsExactly(name("a"), name("b"), name("c"));
        assertThat(Ancestry.round(name("a"), specs)).isEmpty();
    }

    @Test
    void parentWithoutSpec_endsTheLine() {
        assertThat(Ancestry.line(name("a"), specs("a:gone"))).containsExactly(name("a"), name("gone"));
        assertThat(Ancestry.round(name("a"), specs("a:gone"))).isEmpty();
    }

    @Test
    void round_isTheSameFromWhereverItIsFound() {
        Map<ServiceName, ServiceSpec> specs = specs("x:c", "c:a", "a:b", "b:c");
        List<ServiceName> round = List.of(name("a"), name("b"), name("c"), name("a"));

        for (String from : List.of("x", "a", "b", "c")) {
            assertThat(Ancestry.round(name(from), specs)).contains(round);
        }
    }

    @Test
    void line_endsEvenWhereParentsGoRound() {
        assertThat(Ancestry.line(name("x"), specs("x:a", "a:b", "b:a")))
                .containsExactly(name("x"), name("a"), name("b"));
    }

    private static ServiceName name(String value) {
        return new ServiceName(value);
    }

    /** From "child:parent". */
    private static Map<ServiceName, ServiceSpec> specs(String... pairs) {
        Map<ServiceName, ServiceSpec> specs = new HashMap<>();
        for (String pair : pairs) {
            int colon = pair.indexOf(':');
            ServiceName child = name(pair.substring(0, colon));
            Optional<ServiceName> parent = Optional.of(pair.substring(colon + 1))
                    .filter(p -> !p.isEmpty())
                    .map(ServiceName::new);
            specs.put(child, new ServiceSpec(child, Placement.ANYWHERE, parent, Actions.NONE, Duration.ZERO, false));
        }
        return specs;
    }
}
