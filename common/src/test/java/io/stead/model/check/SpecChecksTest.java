package io.stead.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Target;
import io.stead.model.spec.Verb;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpecChecksTest {
    private static final Action ACTION = new Action(new Target.Run("x"), Map.of(), List.of(), Duration.ofSeconds(1));

    @Test
    void soundSpec_givesNoFinding() {
        ServiceSpec spec = placed("*", "n9", "n1", "n2");

        assertThat(SpecChecks.alone(spec)).isEmpty();
        assertThat(SpecChecks.together(List.of(spec), Map.of(), Set.of())).isEmpty();
    }

    @Test
    @Tag("B13")
    void allowWithoutDeny_leavesNothing_isAnError() {
        assertThat(lines(SpecChecks.alone(placed("n1", "n*"))))
                .containsExactly("ERROR a placement: no node is left: deny takes away all that allow gives");
    }

    @Test
    @Tag("B13")
    void preferredNode_thatIsNotAllowedOrTwice_isAnError() {
        assertThat(lines(SpecChecks.alone(placed("n*", "n9", "n1", "x1", "n9", "n1"))))
                .containsExactly(
                        "ERROR a placement.prefer[1]: node x1 is not allowed: put it in allow, or take it out of"
                                + " prefer",
                        "ERROR a placement.prefer[2]: node n9 is not allowed: put it in allow, or take it out of deny",
                        "ERROR a placement.prefer[3]: node n1 is preferred twice");
    }

    @Test
    void stopOrRecovery_withoutStart_isAWarning() {
        Actions actions = new Actions(Map.of(Verb.STOP, ACTION, Verb.RECOVERY, ACTION, Verb.NOTIFY, ACTION));

        assertThat(lines(SpecChecks.alone(spec("a", Placement.ANYWHERE, Optional.empty(), actions))))
                .containsExactly(
                        "WARNING a actions.stop: there is no start: stop serves only what something else has started",
                        "WARNING a actions.recovery: there is no start: recovery serves only what something else has"
                                + " started");
    }

    @Test
    void nothingToStart_isAWarning() {
        assertThat(lines(SpecChecks.alone(root("a"))))
                .containsExactly(
                        "WARNING a actions: there is no start: the service is registered, and nothing is run for it");
    }

    @Test
    void nameGivenTwice_isAnError() {
        assertThat(lines(SpecChecks.together(List.of(child("a", "p"), child("a", "p")), stored(root("p")), Set.of())))
                .containsExactly("ERROR a name: service a is given twice");
    }

    @Test
    @Tag("B16")
    void parent_mayBeInTheStoreOrAmongTheWanted_elseItIsAnError() {
        List<ServiceSpec> wanted = List.of(child("a", "b"), root("b"), child("c", "stored"), child("d", "nobody"));

        assertThat(lines(SpecChecks.together(wanted, stored(root("stored")), Set.of())))
                .containsExactly("ERROR d parent: there is no service nobody");
    }

    @Test
    @Tag("B16")
    void parentsThatGoRound_areNamedOnce_alsoThroughTheStore() {
        List<ServiceSpec> wanted = List.of(child("c", "a"), child("a", "b"));

        assertThat(lines(SpecChecks.together(wanted, stored(child("b", "c")), Set.of())))
                .containsExactly("ERROR c parent: parents go round: a -> b -> c -> a");
    }

    @Test
    void wantedSpec_replacesTheStoredOne_soThatARoundCanBeMended() {
        assertThat(SpecChecks.together(List.of(root("a")), stored(child("a", "b"), child("b", "a")), Set.of()))
                .isEmpty();
    }

    @Test
    @Tag("B13")
    void nodeThatNobodyKnows_isAWarning() {
        Set<NodeId> nodes = Set.of(new NodeId("n1"));

        assertThat(lines(SpecChecks.together(List.of(placed("n*", "x*", "n1", "n2")), Map.of(), nodes)))
                .containsExactly(
                        "WARNING a placement.deny[0]: no known node matches \"x*\"",
                        "WARNING a placement.prefer[1]: no known node matches \"n2\"");
    }

    @Test
    @Tag("B16")
    void deletingAParent_isRefusedUntilItsChildrenGoToo() {
        Map<ServiceName, ServiceSpec> stored = stored(root("p"), child("y", "p"), child("x", "p"));

        assertThat(lines(SpecChecks.deletion(names("p"), stored)))
                .containsExactly("ERROR p : it has children: delete x, y first");
        assertThat(lines(SpecChecks.deletion(names("p", "x"), stored)))
                .containsExactly("ERROR p : it has children: delete y first");
        assertThat(SpecChecks.deletion(names("p", "x", "y"), stored)).isEmpty();
        assertThat(SpecChecks.deletion(names("x"), stored)).isEmpty();
    }

    private static List<String> lines(List<Finding> findings) {
        return findings.stream()
                .map(f -> f.severity() + " " + f.service() + " " + f.path() + ": " + f.message())
                .toList();
    }

    private static List<ServiceName> names(String... names) {
        return Arrays.stream(names).map(ServiceName::new).toList();
    }

    private static Map<ServiceName, ServiceSpec> stored(ServiceSpec... specs) {
        return Stream.of(specs).collect(Collectors.toMap(ServiceSpec::name, Function.identity()));
    }

    private static ServiceSpec root(String name) {
        return spec(name, Placement.ANYWHERE, Optional.empty(), Actions.NONE);
    }

    private static ServiceSpec child(String name, String parent) {
        return spec(name, Placement.ANYWHERE, Optional.of(new ServiceName(parent)), Actions.NONE);
    }

    private static ServiceSpec placed(String allow, String deny, String... prefer) {
        Placement any = Placement.ANYWHERE;
        Placement placement = new Placement(
                List.of(new NodePattern(allow)),
                List.of(new NodePattern(deny)),
                Arrays.stream(prefer).map(NodeId::new).toList(),
                any.order(),
                any.policy(),
                any.register(),
                any.maturity(),
                any.transfer());
        return spec("a", placement, Optional.empty(), new Actions(Map.of(Verb.START, ACTION)));
    }

    private static ServiceSpec spec(String name, Placement placement, Optional<ServiceName> parent, Actions actions) {
        return new ServiceSpec(new ServiceName(name), placement, parent, actions, Duration.ZERO, false);
    }
}
