package io.stead.simulate;

import static io.stead.testing.SpecBuilder.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C6")
final class SimulationTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private final Cluster cluster = new Cluster();

    private Forecast whatIf(Changes changes) {
        return Simulation.whatIf(cluster.view(), changes, cluster.now().wall());
    }

    private static List<String> lines(Forecast forecast) {
        return forecast.steps().stream()
                .map(s -> s.after().toSeconds() + "s " + s.entry())
                .toList();
    }

    private static List<NodeId> nodes(Forecast forecast, String service) {
        return forecast.end().assignment(new ServiceName(service)).owners().stream()
                .map(o -> o.node())
                .toList();
    }

    @Test
    void aNodeGoesDown_itsServicesAreRecoveredAndRegisteredElsewhere() {
        cluster.apply(service("db").ranked("n1").recovery()).up("n1", "n2").settle();

        Forecast forecast = whatIf(Changes.down(N1));

        assertThat(forecast.settled()).isTrue();
        assertThat(nodes(forecast, "db")).containsExactly(N2);
        assertThat(lines(forecast))
                .containsExactly(
                        "0s node n1: is being forced out (its session has ended)",
                        "0s service db: recovering on n2 (generation 2) (to be recovered: n2 is the only able node"
                                + " (preference 2, load 0, 0 services there))",
                        "0s node n1: was forced out (its session has ended)",
                        "0s service db: recovered and deregistered on n1 (generation 1) (its recovery on n2 has ended)",
                        "0s service db: assigned to n2 (generation 3)"
                                + " (n2 is the only able node (preference 2, load 0, 0 services there))",
                        "0s service db: registered on n2 (generation 3)");
    }

    @Test
    void theTimesAreThePlannersOwnWaiting() {
        cluster.apply(service("db").ranked("n1").stopGrace(Duration.ofSeconds(30)))
                .up("n1", "n2")
                .settle();

        Forecast forecast = whatIf(Changes.down(N1));

        assertThat(lines(forecast)).contains("30s service db: registered on n2 (generation 2)");
    }

    @Test
    void nowhereToGo_isSaid() {
        cluster.apply(service("db").allow("n1")).up("n1", "n2").settle();

        Forecast forecast = whatIf(Changes.down(N1));

        assertThat(nodes(forecast, "db")).isEmpty();
        assertThat(requireNonNull(forecast.waits().get(new ServiceName("db"))).sentence())
                .isEqualTo("no able node: n1: down; n2: not among the allowed nodes");
    }

    @Test
    void aNodeComesBack_freeTransfersGoToIt() {
        cluster.apply(service("db").ranked("n1").freeTransfer())
                .up("n1", "n2")
                .settle()
                .down("n1")
                .settle();

        assertThat(nodes(whatIf(Changes.up(N1)), "db")).containsExactly(N1);
    }

    @Test
    void aNodeIsAdded_policyAllRunsThereToo() {
        cluster.apply(service("agentd").onAll()).up("n1").settle();

        assertThat(nodes(whatIf(Changes.added(N2)), "agentd")).containsExactly(N1, N2);
    }

    @Test
    void noChange_nothingHappens() {
        cluster.apply(service("db")).up("n1").settle();

        assertThat(whatIf(Changes.NONE).steps()).isEmpty();
    }

    @Test
    void theViewItself_isLeftAlone() {
        cluster.apply(service("db")).up("n1", "n2").settle();
        Object before = cluster.view().toString();

        Forecast once = whatIf(Changes.down(N1));

        assertThat(cluster.view()).hasToString(before.toString());
        assertThat(whatIf(Changes.down(N1))).isEqualTo(once);
    }

    @Test
    void changesThatDoNotFit_areRefusedWithTheMend() {
        cluster.up("n1").settle();

        assertThatThrownBy(() -> whatIf(Changes.down(N2))).hasMessage("node n2 is not up: see `stead nodes`");
        assertThatThrownBy(() -> whatIf(Changes.up(N1))).hasMessage("node n1 is up already: see `stead nodes`");
        assertThatThrownBy(() -> whatIf(Changes.up(N2))).hasMessage("node n2 was never seen: use --add");
        assertThatThrownBy(() -> whatIf(Changes.added(N1))).hasMessage("node n1 is known already: use --up");
    }
}
