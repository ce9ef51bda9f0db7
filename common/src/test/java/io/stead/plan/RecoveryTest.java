package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B20")
final class RecoveryTest {
    private static final ServiceName S = new ServiceName("s");

    private final Cluster cluster = new Cluster();

    /** Registered on n1, which then is lost. */
    private Cluster lost(String... others) {
        cluster.apply(service("s").ranked("n1", "n2").recovery()).up("n1").settle();
        return cluster.up(others).settle().down("n1").planAll();
    }

    private String runner() {
        return cluster.owner("s")
                .orElseThrow()
                .recovery()
                .orElseThrow()
                .runner()
                .orElseThrow()
                .node()
                .value();
    }

    @Test
    void lostNode_recoversOnTheBestAbleNodeThenRegistersAnew() {
        lost("n2", "n3");
        assertThat(cluster.state("s")).isEqualTo("recovering on n1");
        assertThat(runner()).isEqualTo("n2");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.FORCED_LEAVING);

        cluster.reports("n2", "s", Verb.RECOVERY, Outcome.SUCCEEDED).plan();
        assertThat(cluster.state("s")).isEqualTo("deregistered");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);

        cluster.planAll();
        assertThat(cluster.state("s")).isEqualTo("starting on n2");
    }

    @Test
    void recoveriesOfOnePlan_areSpread() {
        for (int i = 0; i < 6; i++) {
            cluster.apply(service("s" + i).ranked("n1").recovery());
        }
        cluster.up("n1", "n2", "n3", "n4").settle().load("n3", 10).down("n1").planAll();

        Map<String, Long> runners = cluster.view().assignments().values().stream()
                .map(a ->
                        a.owners().getFirst().recovery().orElseThrow().runner().orElseThrow())
                .collect(Collectors.groupingBy(r -> r.node().value(), Collectors.counting()));
        assertThat(runners).containsOnly(Map.entry("n2", 2L), Map.entry("n3", 2L), Map.entry("n4", 2L));
    }

    @Test
    @Tag("B8")
    void nodeThatLeaves_endsTheRecoveryItRunsBefore() {
        lost("n2", "n3");
        cluster.leaves("n2").planAll();
        assertThat(cluster.member("n2")).isEqualTo(MemberPhase.LEAVING);

        cluster.reports("n2", "s", Verb.RECOVERY, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.member("n2")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    void noRecoveryCommand_isSkippedInTheSameDecision() {
        cluster.apply(service("s").ranked("n1"))
                .up("n1", "n2")
                .settle()
                .down("n1")
                .plan();

        assertThat(cluster.state("s")).isEqualTo("starting on n2");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    void onlyStarting_hasNothingToRecover() {
        cluster.apply(service("s").ranked("n1").recovery()).up("n1", "n2").planAll();

        cluster.down("n1").plan();

        assertThat(cluster.state("s")).isEqualTo("starting on n2");
    }

    @Test
    void stopping_isRecoveredToo() {
        cluster.apply(service("s").ranked("n1").recovery()).up("n1", "n2").settle();
        cluster.ask(new Wish.Deregister(S));

        cluster.down("n1").planAll();
        assertThat(cluster.state("s")).isEqualTo("recovering on n1");

        cluster.settle();
        assertThat(cluster.state("s")).isEqualTo("deregistered");
    }

    @Test
    void failedRecovery_triesTheNextNode() {
        lost("n2", "n3");

        cluster.reports("n2", "s", Verb.RECOVERY, Outcome.FAILED).planAll();

        assertThat(runner()).isEqualTo("n3");
    }

    @Test
    void failedEverywhere_staysRecoveringUntilCleared() {
        lost("n2").reports("n2", "s", Verb.RECOVERY, Outcome.FAILED).planAll();
        assertThat(cluster.state("s")).isEqualTo("recovering on n1");
        assertThat(cluster.reason("s"))
                .isEqualTo("its recovery failed on n2: exit 1; recover it by hand, then `stead clear s`");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);

        cluster.ask(new Wish.Clear(S, Optional.empty(), false));
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");
    }

    @Test
    void failedEverywhere_aNewNodeIsTried() {
        lost("n2")
                .reports("n2", "s", Verb.RECOVERY, Outcome.FAILED)
                .planAll()
                .up("n3")
                .planAll();

        assertThat(runner()).isEqualTo("n3");
    }

    @Test
    void unknownRecovery_countsAsFailed() {
        lost("n2", "n3").reports("n2", "s", Verb.RECOVERY, Outcome.UNKNOWN).planAll();

        assertThat(runner()).isEqualTo("n3");
    }

    @Test
    void runnerDies_theNextNodeRecovers() {
        lost("n2", "n3").down("n2").planAll();

        assertThat(runner()).isEqualTo("n3");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n3");
    }

    @Test
    void runnerRestartsUnderANewSession_isGivenANewAttempt() {
        lost("n2");
        long attempt = cluster.assignment("s").generation();

        cluster.down("n2").up("n2").planAll();

        assertThat(runner()).isEqualTo("n2");
        assertThat(cluster.assignment("s").generation()).isGreaterThan(attempt);
    }

    @Test
    void nobodyAble_isOwedAndPaidByTheFirstThatJoins() {
        lost();
        assertThat(cluster.state("s")).isEqualTo("recovering on n1");
        assertThat(cluster.reason("s")).isEqualTo("its recovery is owed: no able node: n1: down");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);

        cluster.up("n2").planAll();
        assertThat(runner()).isEqualTo("n2");
        assertThat(cluster.nodes("s")).containsExactly("n1");
    }

    @Test
    @Tag("B8")
    void sameNodeComesBack_paysItsOwnRecoveryBeforeAnyStart() {
        cluster.apply(service("s").recovery())
                .up("n1")
                .settle()
                .down("n1")
                .planAll()
                .up("n1")
                .planAll();
        assertThat(runner()).isEqualTo("n1");

        cluster.settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void goneAndBackBeforeAnybodyLooked_isRecoveredNevertheless() {
        cluster.apply(service("s").recovery())
                .up("n1")
                .settle()
                .down("n1")
                .up("n1")
                .planAll();

        assertThat(cluster.state("s")).isEqualTo("recovering on n1");
    }

    @Test
    void aFailedStartThere_isNoReasonToWaitWithARecovery() {
        cluster.apply(service("s").ranked("n2", "n1").recovery()).up("n1", "n2").planAll();
        cluster.reports("n2", "s", Verb.START, Outcome.FAILED).settle();
        assertThat(cluster.nodes("s")).containsExactly("n1");

        cluster.down("n1").planAll();

        assertThat(runner()).isEqualTo("n2");
    }

    @Test
    void stopGrace_isWaitedForFromTheFirstSight() {
        cluster.apply(service("s").stopGrace(Duration.ofSeconds(30)).ranked("n1"))
                .up("n1", "n2")
                .settle();
        cluster.down("n1").planAll();
        assertThat(cluster.nodes("s")).containsExactly("n1");
        assertThat(cluster.reason("s")).isEqualTo("n1 was lost; its stop-grace ends in 30s");
        assertThat(cluster.plan().reconsiderIn()).contains(Duration.ofSeconds(30));

        cluster.pass(Duration.ofSeconds(20)).newLeader().planAll();
        cluster.pass(Duration.ofSeconds(29)).planAll();
        assertThat(cluster.nodes("s")).containsExactly("n1");

        cluster.pass(Duration.ofSeconds(1)).planAll();
        assertThat(cluster.nodes("s")).containsExactly("n2");
    }

    @Test
    void notWantedAnyMore_isRecoveredAndNotStarted() {
        lost("n2");
        cluster.ask(new Wish.Deregister(S));

        assertThat(cluster.settle().state("s")).isEqualTo("deregistered");
    }

    @Test
    void quiescedNode_doesNotRecover() {
        cluster.apply(service("s").ranked("n1").recovery()).up("n1", "n2", "n3").settle();
        cluster.ask(new Wish.Quiesce(new NodeId("n2")));
        cluster.down("n1").planAll();

        assertThat(runner()).isEqualTo("n3");
    }

    @Test
    void policyAll_recoversEachAndRunsOnTheSurvivors() {
        cluster.apply(service("s").onAll().recovery())
                .up("n1", "n2", "n3")
                .settle()
                .down("n1")
                .planAll();
        assertThat(cluster.nodes("s")).containsExactly("n1", "n2", "n3");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2 n3");
    }
}
