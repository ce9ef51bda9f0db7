package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.request.Wish;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B14")
final class MaturityTest {
    private final Cluster cluster = new Cluster();

    @Test
    void tooFewNodes_awaitsMaturityAndSaysWhatIsMissing() {
        cluster.apply(service("s").matureAt(2, Duration.ofMinutes(5))).up("n1").settle();

        assertThat(cluster.state("s")).isEqualTo("awaiting-maturity");
        assertThat(cluster.reason("s")).isEqualTo("awaiting maturity: 1 of 2 allowed nodes are up, or 5m more");
        assertThat(cluster.plan().reconsiderIn()).contains(Duration.ofMinutes(5));
    }

    @Test
    void noAllowedNodeUp_isNotEvenAwaiting() {
        cluster.apply(service("s").allow("n1").matureAt(2)).up("n2").settle();

        assertThat(cluster.state("s")).isEqualTo("deregistered");
    }

    @Test
    void enoughNodes_isMature() {
        cluster.apply(service("s").matureAt(2)).up("n1").settle().up("n2").settle();

        assertThat(cluster.state("s")).startsWith("registered");
    }

    @Test
    void onlyAllowedNodesCount() {
        cluster.apply(service("s").allow("n1", "n2").matureAt(2)).up("n1", "n3").settle();

        assertThat(cluster.state("s")).isEqualTo("awaiting-maturity");
    }

    @Test
    void theTimeCountsFromTheFirstAllowedNode() {
        cluster.apply(service("s").allow("n1").matureAfter(Duration.ofMinutes(5)))
                .up("n2")
                .settle();
        cluster.pass(Duration.ofMinutes(10))
                .up("n1")
                .settle()
                .pass(Duration.ofMinutes(4))
                .settle();
        assertThat(cluster.state("s")).isEqualTo("awaiting-maturity");

        cluster.pass(Duration.ofMinutes(1)).settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void aServiceAppliedToAClusterLongUp_doesNotWaitAnew() {
        cluster.up("n1").settle().pass(Duration.ofMinutes(10));
        cluster.apply(service("s").matureAfter(Duration.ofMinutes(5))).settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void primaryUp_isMatureAtOnce() {
        cluster.apply(service("s").ranked("n1", "n2").matureAt(3)).up("n2").settle();
        assertThat(cluster.state("s")).isEqualTo("awaiting-maturity");

        cluster.up("n1").settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void unranked_anyPreferredNodeIsAPrimary() {
        cluster.apply(service("s").unranked("n1", "n2").matureAt(3)).up("n2").settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void theLatchHolds_untilNoAllowedNodeIsUp() {
        cluster.apply(service("s").matureAt(2))
                .up("n1", "n2")
                .settle()
                .down("n1")
                .settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");

        cluster.down("n2").settle().up("n1").settle();
        assertThat(cluster.state("s")).isEqualTo("awaiting-maturity");
    }

    @Test
    void transferAndRecovery_neverWaitForIt() {
        cluster.apply(service("s").matureAt(3).recovery()).up("n1", "n2", "n3").settle();
        String first = cluster.nodes("s").getFirst();

        cluster.down(first).settle();

        assertThat(cluster.state("s")).startsWith("registered on n").doesNotContain(first);
    }

    @Test
    void startedBeforeTheClusterWasMature_itsFailoverDoesNotWaitEither() {
        cluster.apply(service("s").matureAt(3).recovery()).up("n1", "n2").settle();
        cluster.ask(new Wish.Register(new ServiceName("s"), Optional.of(new NodeId("n1")), false));
        cluster.settle().down("n1");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");
    }

    @Test
    void askedForWhileItRuns_itsFailoverDoesNotWait() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        cluster.apply(service("s").ranked("n1").matureAt(5)).settle();
        assertThat(cluster.reason("s")).doesNotContain("awaiting");

        assertThat(cluster.down("n1").settle().state("s")).isEqualTo("registered on n2");
    }

    @Test
    void notWanted_awaitsNothing() {
        cluster.apply(service("s").matureAt(3)).up("n1").settle();
        assertThat(cluster.state("s")).isEqualTo("awaiting-maturity");

        cluster.ask(new Wish.Deregister(new ServiceName("s")));

        assertThat(cluster.settle().state("s")).isEqualTo("deregistered");
        assertThat(cluster.reason("s")).isEqualTo("deregistered by the operator");
    }

    @Test
    void register_waitsForMaturityAsAutoStartDoes() {
        cluster.apply(service("s").manual().matureAt(2)).up("n1").settle();
        assertThat(cluster.state("s")).isEqualTo("deregistered");

        cluster.ask(new Wish.Register(new ServiceName("s"), Optional.empty(), false));
        assertThat(cluster.settle().state("s")).isEqualTo("awaiting-maturity");
        assertThat(cluster.up("n2").settle().state("s")).startsWith("registered");
    }

    @Test
    void registerOnANamedNode_isTheOperatorsOwnJudgement() {
        cluster.apply(service("s").matureAt(2)).up("n1").settle();

        cluster.ask(new Wish.Register(new ServiceName("s"), Optional.of(new NodeId("n1")), false));

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void maturityTakenOutOfTheSpec_endsTheWaiting() {
        cluster.apply(service("s").matureAt(2)).up("n1").settle();

        cluster.apply(service("s").manual()).settle();

        assertThat(cluster.state("s")).isEqualTo("deregistered");
    }

    @Test
    void aLeavingNode_isStillUp() {
        cluster.apply(service("s").allow("n1").matureAt(1, Duration.ofMinutes(1)))
                .up("n1")
                .settle();

        cluster.leaves("n1").planAll();

        assertThat(cluster.state("s")).isEqualTo("stopping on n1 T");
        assertThat(cluster.assignment("s").isMature()).isTrue();
    }
}
