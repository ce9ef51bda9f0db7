package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance.Scope;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators are at work on is left alone, and taken up where it was when they are done (C11). */
@Tag("C11")
final class MaintenanceTest {
    private static final ServiceName S = new ServiceName("s");
    private static final NodeId N1 = new NodeId("n1");

    private final Cluster cluster = new Cluster();

    private Answer begin(Scope scope) {
        return cluster.ask(new Wish.Maintain(scope, true));
    }

    private Answer end(Scope scope) {
        return cluster.ask(new Wish.Maintain(scope, false));
    }

    private void says(HoldingState state) {
        long generation = cluster.owner("s").orElseThrow().generation();
        cluster.facts().hold(new Holding(S, N1, cluster.life("n1"), generation, state));
    }

    @Test
    void aServiceThatDiesMeanwhile_staysAsItIs_andIsStartedWhereItWasAfterwards_withoutBlame() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();

        begin(new Scope.Service(S));
        says(HoldingState.LOST);
        assertThat(cluster.planAll().state("s")).isEqualTo("registered on n1");
        assertThat(cluster.reason("s")).isEqualTo("in maintenance by ann: maintenance");

        end(new Scope.Service(S));
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
        assertThat(cluster.assignment("s").failures()).isEmpty();
        assertThat(cluster.owner("s").orElseThrow().generation()).isGreaterThan(1);
    }

    @Test
    void aNodeThatGoesDownMeanwhile_losesNothing_andItsServicesAreRecoveredWhenItIsOver() {
        cluster.apply(service("s").ranked("n1").recovery()).up("n1", "n2").settle();

        begin(new Scope.Node(N1));
        cluster.down("n1").settle();
        assertThat(cluster.nodes("s")).containsExactly("n1");
        assertThat(cluster.reason("s")).isEqualTo("n1 is in maintenance by ann: maintenance");
        cluster.up("n1").settle();
        assertThat(cluster.assignment("s").generation()).isEqualTo(1);

        end(new Scope.Node(N1));
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void aNodeInMaintenance_takesNothingNew() {
        cluster.up("n1", "n2").settle();
        begin(new Scope.Node(N1));

        cluster.apply(service("s").ranked("n1"), service("all").onAll()).settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
        assertThat(cluster.state("all")).isEqualTo("registered on n2");
    }

    @Test
    void whatRunsElsewhere_goesOnAsEver() {
        cluster.apply(service("all").onAll()).up("n1", "n2").settle();
        begin(new Scope.Node(N1));

        cluster.down("n2").settle().up("n2", "n3").settle();

        assertThat(cluster.state("all")).isEqualTo("registered on n1 n2 n3");
    }

    @Test
    void theWholeCluster_doesNothing() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        begin(new Scope.Cluster());

        cluster.apply(service("new")).down("n1").settle();

        assertThat(cluster.nodes("s")).containsExactly("n1");
        assertThat(cluster.state("new")).isEqualTo("deregistered");
        assertThat(cluster.reason("new")).isEqualTo("the whole cluster is in maintenance by ann: maintenance");
        end(new Scope.Cluster());
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");
        assertThat(cluster.state("new")).isEqualTo("registered on n2");
    }

    @Test
    void whatIsAskedMeanwhile_isRefusedWithTheMend() {
        cluster.apply(service("s")).up("n1", "n2").settle();
        begin(new Scope.Service(S));

        assertThat(cluster.ask(new Wish.Transfer(S, Optional.empty())).message())
                .isEqualTo(
                        "service s: in maintenance by ann: maintenance; end that first: `stead maintenance s --end`");
    }

    @Test
    void itEndsByItselfWhenItExpires() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        cluster.facts()
                .ask(new Request(
                        "timed",
                        new Wish.Maintain(new Scope.Service(S), true),
                        "ann",
                        "",
                        Optional.empty(),
                        cluster.now().wall().plusSeconds(60),
                        Optional.of(cluster.now().wall().plusSeconds(600))));
        cluster.plan();
        says(HoldingState.LOST);
        assertThat(cluster.plan().reconsiderIn()).hasValue(Duration.ofMinutes(10));

        cluster.pass(Duration.ofMinutes(10)).settle();

        assertThat(cluster.view().maintenance().services()).isEmpty();
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
        assertThat(cluster.assignment("s").failures()).isEmpty();
    }

    @Test
    void childrenOfWhatIsInMaintenance_areLeftAloneWithIt() {
        cluster.apply(service("p"), service("s").parent("p")).up("n1").settle();
        begin(new Scope.Service(new ServiceName("p")));

        cluster.ask(new Wish.Deregister(S));

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void itsNodeIsSentNowhere_andWhatIsForgottenIsInMaintenanceNoMore() {
        cluster.apply(service("s")).up("n1", "n2").settle();
        begin(new Scope.Node(N1));

        for (Wish wish : List.of(new Wish.Leave(N1, true), new Wish.ForceLeave(N1))) {
            assertThat(cluster.ask(wish).message())
                    .isEqualTo("n1 is in maintenance by ann: maintenance; end that first: `stead node maintenance n1"
                            + " --end`");
        }
        NodeId spare = new NodeId("n3");
        cluster.up("n3").settle();
        begin(new Scope.Node(spare));
        cluster.down("n3").settle();
        cluster.ask(new Wish.DeleteNode(spare));
        assertThat(cluster.view().maintenance().nodes()).containsOnlyKeys(N1);
    }

    @Test
    @Tag("A10")
    void aDrain_isNotTakenBackByWhoeverQuiesces() {
        cluster.up("n1", "n2").settle();
        cluster.ask(new Wish.Drain(N1));

        assertThat(cluster.ask(new Wish.Quiesce(N1)).message())
                .isEqualTo("node n1 is drained by ann, which says more: `stead node resume n1` ends that");
    }

    @Test
    void whatNobodyKnows_andWhatIsNotThere_isTold() {
        cluster.apply(service("s")).up("n1").settle();

        assertThat(begin(new Scope.Service(new ServiceName("nope"))).verdict()).isEqualTo(Answer.Verdict.NOT_FOUND);
        assertThat(begin(new Scope.Node(new NodeId("nope"))).verdict()).isEqualTo(Answer.Verdict.NOT_FOUND);
        assertThat(end(new Scope.Service(S)).message()).isEqualTo("it is not in maintenance: see `stead status`");
    }
}
