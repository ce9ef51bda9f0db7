package io.stead.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Operator;
import io.stead.it.cluster.Play;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two operators at once make each service the other's parent: each file is right by itself, and only one may be stored. */
@Tag("B16")
final class TwoOperatorsIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1");

    private static final int REFUSED = 4;

    @RepeatedTest(3)
    void twoOperatorsAtOnce_neverMakeAParentCycle() {
        Play east = CLUSTER.stage().idle("east");
        Play west = CLUSTER.stage().idle("west");
        CLUSTER.apply(east, west);

        List<Operator.Command> both = List.of(apply(east.below(west)), apply(west.below(east)));

        assertThat(both)
                .extracting(c -> c.ended().exitCode())
                .as("one is stored, and the other refused")
                .containsExactlyInAnyOrder(0, REFUSED);
        String stored = CLUSTER.operator().stead("export").done().stdout();
        assertThat(stored.lines().filter(l -> l.startsWith("parent:"))).hasSize(1);
        CLUSTER.witness().awaitOn(east, "n1");
        CLUSTER.witness().awaitOn(west, "n1");
    }

    private static Operator.Command apply(Play play) {
        return CLUSTER.operator().begin("apply", "-f", CLUSTER.file(play).toString());
    }
}
