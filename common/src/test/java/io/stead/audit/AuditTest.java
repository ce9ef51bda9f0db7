package io.stead.audit;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import io.stead.plan.Plan;
import io.stead.testing.Cluster;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C6")
final class AuditTest {
    private final Cluster cluster = new Cluster();

    /** The lines of one more plan. */
    private List<String> step() {
        ClusterView before = cluster.view();
        Plan plan = cluster.plan();
        return lines(before, plan);
    }

    private List<String> ask(Wish wish) {
        cluster.facts().ask(cluster.request(wish));
        return step();
    }

    private List<String> lines(ClusterView before, Plan plan) {
        return Audit.between(before, cluster.view(), plan.why(), cluster.now()).stream()
                .map(Entry::toString)
                .toList();
    }

    @Test
    void joinAndLaunch_areTold() {
        cluster.apply(service("db")).up("n1");
        assertThat(step())
                .containsExactly(
                        "node n1: joined (its agent has come)",
                        "service db: assigned to n1 (generation 1)"
                                + " (n1 is the only able node (load 0, 0 services there))");

        cluster.reports("n1", "db", Verb.START, Outcome.SUCCEEDED);
        assertThat(step()).containsExactly("service db: registered on n1 (generation 1)");
        assertThat(step()).isEmpty();
    }

    @Test
    void failedCriticalChild_isToldWithItsReason_andSoIsTheParentThatGoesBecauseOfIt() {
        cluster.apply(service("db").ranked("n1"), service("db-log").parent("db").critical())
                .up("n1", "n2")
                .planAll()
                .reports("n1", "db", Verb.START, Outcome.SUCCEEDED)
                .planAll();

        cluster.reports("n1", "db-log", Verb.START, Outcome.FAILED);

        assertThat(step())
                .contains(
                        "service db-log: failed on n1 (exit 1)",
                        "service db-log: its start has ended without success on n1 (generation 1)"
                                + " (its start on n1 failed: exit 1)",
                        "service db: failed on n1 (a critical child failed: db-log: exit 1)",
                        "service db: stopping on n1 (generation 1) (a critical child failed: db-log: exit 1)");
    }

    @Test
    void failedStart_isTold() {
        cluster.apply(service("db").ranked("n1")).up("n1", "n2").planAll();

        cluster.reports("n1", "db", Verb.START, Outcome.FAILED);

        assertThat(step())
                .containsExactly(
                        "service db: failed on n1 (exit 1)",
                        "service db: its start has ended without success on n1 (generation 1)"
                                + " (its start on n1 failed: exit 1)");
    }

    @Test
    void lossRecoveryAndForcedLeave_areTold() {
        cluster.apply(service("db").ranked("n1").recovery())
                .up("n1", "n2")
                .settle()
                .down("n1");
        assertThat(step())
                .containsExactly(
                        "node n1: is being forced out (its session has ended)",
                        "service db: recovering on n2 (generation 2) (to be recovered: n2 is the only able node"
                                + " (preference 2, load 0, 0 services there))");

        cluster.reports("n2", "db", Verb.RECOVERY, Outcome.SUCCEEDED);
        assertThat(step())
                .containsExactly(
                        "node n1: was forced out (its session has ended)",
                        "service db: recovered and deregistered on n1 (generation 1) (its recovery on n2 has ended)");
    }

    @Test
    void owedAndFailedRecoveries_areTold() {
        cluster.apply(service("db").recovery()).up("n1").settle().down("n1");
        assertThat(step()).contains("service db: recovery owed (its recovery is owed: no able node: n1: down)");

        cluster.up("n2").plan();
        cluster.reports("n2", "db", Verb.RECOVERY, Outcome.FAILED);
        assertThat(step())
                .containsExactly(
                        "service db: recovery failed on n2 (exit 1)",
                        "service db: recovery failed everywhere"
                                + " (its recovery failed on n2: exit 1; recover it by hand, then `stead clear db`)");
    }

    @Test
    void transferAndItsRequest_areTold() {
        cluster.apply(service("db").ranked("n1")).up("n1", "n2").settle();

        assertThat(ask(new Wish.Transfer(new ServiceName("db"), Optional.of(new NodeId("n2")))))
                .containsExactly(
                        "request r1: transfer db --to n2: accepted (generation 2) (by ann: maintenance)",
                        "service db: to be transferred from n1 to n2 (transferred by the operator)",
                        "service db: stopping on n1 (generation 1) (transferred by the operator)");
        cluster.reports("n1", "db", Verb.STOP, Outcome.SUCCEEDED);
        assertThat(step()).containsExactly("service db: deregistered on n1 (generation 1) (its stop on n1 has ended)");
    }

    @Test
    void aNodeThatIsDeleted_isToldWithWhoAskedForIt() {
        cluster.up("n1", "n2").settle();
        cluster.ask(new Wish.Quiesce(new NodeId("n1")));
        cluster.down("n1").settle();

        assertThat(ask(new Wish.DeleteNode(new NodeId("n1"))))
                .containsExactly(
                        "node n1: forgotten (by ann: maintenance)",
                        "request r2: delete node n1: accepted (by ann: maintenance)");
    }

    @Test
    void refusedRequest_isToldWithItsReason() {
        cluster.up("n1").settle();

        assertThat(ask(new Wish.Deregister(new ServiceName("db"))))
                .containsExactly("request r1: deregister db: not found (by ann: maintenance; no service db: see `stead"
                        + " services`)");
    }

    @Test
    void maturity_isTold() {
        cluster.apply(service("db").matureAt(2)).up("n1");
        assertThat(step()).contains("service db: awaiting maturity");

        cluster.up("n2");
        assertThat(step()).contains("service db: the cluster is mature for it");

        cluster.down("n1", "n2");
        assertThat(step()).contains("service db: no allowed node is up");
    }

    @Test
    void overridesAndGracefulLeaves_areTold() {
        cluster.up("n1", "n2").settle();

        assertThat(ask(new Wish.Drain(new NodeId("n1"))))
                .containsExactly(
                        "node n1: drained (by ann: maintenance)",
                        "request r1: node drain n1: accepted (by ann: maintenance)");
        assertThat(ask(new Wish.Resume(new NodeId("n1"))))
                .containsExactly(
                        "node n1: resumed (by ann: maintenance)",
                        "request r2: node resume n1: accepted (by ann: maintenance)");
        assertThat(cluster.leaves("n1").member("n1").isSteady()).isTrue();
        assertThat(step()).containsExactly("node n1: left (its host shuts down)");
    }

    @Test
    void newLeader_isTold() {
        cluster.up("n1").settle();
        ClusterView before = cluster.view();
        cluster.facts().elect(new NodeId("n1"));

        assertThat(Audit.between(before, cluster.view(), java.util.Map.of(), cluster.now()))
                .extracting(Entry::toString)
                .containsExactly("cluster: n1 leads (epoch 1)");
    }
}
