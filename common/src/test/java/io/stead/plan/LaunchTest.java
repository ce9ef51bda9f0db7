package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Outcome;
import io.stead.model.service.Report;
import io.stead.model.spec.Verb;
import io.stead.model.view.Unreadable;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Start and stop commands, and how they end. */
final class LaunchTest {
    private static final ServiceName S = new ServiceName("s");

    private final Cluster cluster = new Cluster();

    @Test
    @Tag("B17")
    void registered_onlyWhenTheStartHasSucceeded() {
        cluster.apply(service("s")).up("n1").planAll();
        assertThat(cluster.state("s")).isEqualTo("starting on n1");

        cluster.reports("n1", "s", Verb.START, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
        assertThat(cluster.reason("s")).isEqualTo("n1 is the only able node (load 0, 0 services there)");
    }

    @Test
    @Tag("A22")
    void reportOfAnEarlierGeneration_countsForNothing() {
        cluster.apply(service("s")).up("n1").planAll();
        long generation = cluster.owner("s").orElseThrow().generation();

        cluster.reports("n1", new Report(S, generation - 1, Verb.START, Outcome.SUCCEEDED, ""));

        assertThat(cluster.planAll().state("s")).isEqualTo("starting on n1");
    }

    @Test
    @Tag("B17")
    void failedStart_triesTheNextNodeInAPlanOfItsOwn() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").planAll();

        cluster.reports("n1", "s", Verb.START, Outcome.FAILED).plan();
        assertThat(cluster.nodes("s")).isEmpty();
        assertThat(cluster.reason("s")).isEqualTo("its start on n1 failed: exit 1");

        cluster.planAll();
        assertThat(cluster.state("s")).isEqualTo("starting on n2");
    }

    @Test
    @Tag("B17")
    @Tag("C11")
    void everyNodeHasFailed_backsOffLongerEachTime() {
        cluster.apply(service("s")).up("n1").planAll();
        long[] waits = {1, 2, 4, 8, 16, 32, 60, 60};
        for (long seconds : waits) {
            cluster.reports("n1", "s", Verb.START, Outcome.FAILED).planAll();
            assertThat(cluster.plan().reconsiderIn()).contains(Duration.ofSeconds(seconds));
            assertThat(cluster.reason("s"))
                    .isEqualTo("every able node has failed to start it; next try on n1 in "
                            + (seconds == 60 ? "1m" : seconds + "s"));
            cluster.pass(Duration.ofSeconds(seconds)).planAll();
            assertThat(cluster.state("s")).isEqualTo("starting on n1");
        }
    }

    @Test
    @Tag("C11")
    void backOff_startsAgainInFullUnderANewLeader() {
        cluster.apply(service("s"))
                .up("n1")
                .planAll()
                .reports("n1", "s", Verb.START, Outcome.FAILED)
                .planAll();
        cluster.pass(Duration.ofMillis(900)).newLeader().planAll();

        assertThat(cluster.plan().reconsiderIn()).contains(Duration.ofSeconds(1));
    }

    @Test
    @Tag("C11")
    void backOff_countsForTheLifeInWhichTheStartFailed() {
        cluster.apply(service("s"))
                .up("n1")
                .planAll()
                .reports("n1", "s", Verb.START, Outcome.FAILED)
                .planAll();
        cluster.pass(Duration.ofMillis(500)).down("n1").planAll().up("n1").planAll();
        assertThat(cluster.state("s")).isEqualTo("starting on n1");

        cluster.reports("n1", "s", Verb.START, Outcome.FAILED).planAll();
        assertThat(cluster.plan().reconsiderIn()).contains(Duration.ofSeconds(1));
    }

    @Test
    @Tag("C11")
    void cleared_startsAtOnce() {
        cluster.apply(service("s"))
                .up("n1")
                .planAll()
                .reports("n1", "s", Verb.START, Outcome.FAILED)
                .planAll();

        cluster.ask(new Wish.Clear(S, Optional.empty(), false));

        assertThat(cluster.planAll().state("s")).isEqualTo("starting on n1");
    }

    @Test
    @Tag("C11")
    void failuresAreForgotten_afterTenMinutesWithoutOne() {
        cluster.apply(service("s"))
                .up("n1")
                .planAll()
                .reports("n1", "s", Verb.START, Outcome.FAILED)
                .planAll();
        cluster.pass(Duration.ofMinutes(9)).settle();
        assertThat(cluster.assignment("s").failures()).hasSize(1);

        cluster.pass(Duration.ofMinutes(1)).settle();
        assertThat(cluster.assignment("s").failures()).isEmpty();
    }

    @Test
    @Tag("C11")
    void serviceThatDiesAgainAndAgain_isStartedEverMoreSeldom() {
        cluster.apply(service("s")).up("n1").settle();
        for (int seconds : new int[] {1, 2, 4, 8}) {
            dies();
            assertThat(cluster.planAll().reason("s")).endsWith("next try on n1 in " + seconds + "s");
            cluster.pass(Duration.ofSeconds(seconds)).settle();
            assertThat(cluster.state("s")).isEqualTo("registered on n1");
        }
    }

    @Test
    @Tag("C11")
    void withRestarts_itIsStartedInPlace_untilTheyAreUsedUp() {
        cluster.apply(service("s").ranked("n1").failures(2, Optional.empty()))
                .up("n1", "n2")
                .settle();
        for (int seconds : new int[] {1, 2}) {
            dies();
            assertThat(cluster.planAll().state("s")).isEqualTo("deregistered");
            cluster.pass(Duration.ofSeconds(seconds)).settle();
            assertThat(cluster.state("s")).isEqualTo("registered on n1");
        }

        dies();
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");
    }

    @Test
    @Tag("C11")
    void withRestarts_itStaysWhereAnOperatorHasMovedIt_untilTheyAreUsedUp() {
        cluster.apply(service("s").ranked("n1").failures(1, Optional.empty()))
                .up("n1", "n2")
                .settle();
        cluster.ask(new Wish.Transfer(S, Optional.of(new NodeId("n2"))));
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");

        diesOn("n2");
        assertThat(cluster.planAll().reason("s")).isEqualTo("it failed on n2; next try there in 1s");
        cluster.pass(Duration.ofSeconds(1)).settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");

        diesOn("n2");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    @Tag("C11")
    void atItsLimitOnEveryNode_itIsGivenUp_whateverTimePasses_untilAnOperatorClearsIt() {
        cluster.apply(service("s").ranked("n1").failures(0, Optional.of(1)))
                .up("n1", "n2")
                .settle();
        dies();
        cluster.settle();
        diesOn("n2");

        assertThat(cluster.planAll().state("s")).isEqualTo("failed");
        assertThat(cluster.reason("s"))
                .isEqualTo("given up: it failed once or more on every able node; mend it, then `stead clear s`");
        assertThat(cluster.pass(Duration.ofHours(1)).settle().state("s")).isEqualTo("failed");

        cluster.ask(new Wish.Clear(S, Optional.empty(), false));
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    @Tag("C11")
    void whatIsToRunEverywhere_isGivenUpWhenItHasFailedEverywhere() {
        cluster.apply(service("s").onAll().failures(0, Optional.of(1)))
                .up("n1", "n2")
                .planAll()
                .reports("n1", "s", Verb.START, Outcome.FAILED)
                .planAll();
        assertThat(cluster.state("s")).isEqualTo("starting on n2");

        cluster.reports("n2", "s", Verb.START, Outcome.FAILED).planAll();
        assertThat(cluster.state("s")).isEqualTo("failed");

        cluster.ask(new Wish.Clear(S, Optional.empty(), false));
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1 n2");
    }

    @Test
    @Tag("C11")
    void aChildThatWasGivenUp_isMerelyDeregisteredWhenNobodyWantsItAnyMore() {
        cluster.apply(service("p"), service("s").parent("p").failures(0, Optional.of(1)))
                .up("n1")
                .planAll()
                .reports("n1", "p", Verb.START, Outcome.SUCCEEDED)
                .planAll()
                .reports("n1", "s", Verb.START, Outcome.FAILED)
                .planAll();
        assertThat(cluster.state("s")).isEqualTo("failed");

        cluster.ask(new Wish.Deregister(S));
        assertThat(cluster.planAll().state("s")).isEqualTo("deregistered");
    }

    @Test
    @Tag("C11")
    void whatFailedBeforeAnotherNodeHadIt_isNotRestartedThere_whoeverLeads() {
        cluster.apply(service("s").ranked("n1").failures(2, Optional.empty()))
                .up("n1", "n2")
                .settle();
        dies();
        cluster.settleInTime(Duration.ofSeconds(5));
        assertThat(cluster.state("s")).isEqualTo("registered on n1");

        cluster.ask(new Wish.Transfer(S, Optional.of(new NodeId("n2"))));
        cluster.settle().newLeader();
        cluster.up("n3").down("n2").planAll();

        assertThat(cluster.state("s")).as("n1 is spared for a while, n3 is not").isEqualTo("starting on n3");
    }

    @Test
    @Tag("C11")
    void givenUp_isTakenUpAgainForAnotherNode_forAnotherLife_andForAnotherSpec() {
        cluster.apply(service("s").failures(0, Optional.of(1))).up("n1").settle();
        dies();
        assertThat(cluster.planAll().state("s")).isEqualTo("failed");

        assertThat(cluster.up("n2").settle().state("s")).isEqualTo("registered on n2");
        diesOn("n2");
        assertThat(cluster.planAll().state("s")).isEqualTo("failed");

        assertThat(cluster.down("n1").up("n1").settle().state("s")).isEqualTo("registered on n1");
        dies();
        assertThat(cluster.planAll().state("s")).isEqualTo("failed");

        cluster.apply(service("s")).pass(Duration.ofMinutes(1));
        assertThat(cluster.settle().state("s")).startsWith("registered");
    }

    @Test
    @Tag("C11")
    void givenUpAndNotWantedAnyMore_isDeregistered() {
        cluster.apply(service("s").failures(0, Optional.of(1))).up("n1").settle();
        dies();
        assertThat(cluster.planAll().state("s")).isEqualTo("failed");

        cluster.ask(new Wish.Deregister(S));
        assertThat(cluster.settle().state("s")).isEqualTo("deregistered");
    }

    private void dies() {
        diesOn("n1");
    }

    private void diesOn(String node) {
        long generation = cluster.owner("s").orElseThrow().generation();
        cluster.facts().hold(new Holding(S, new NodeId(node), cluster.life(node), generation, HoldingState.LOST));
        cluster.planAll().reports(node, "s", Verb.STOP, Outcome.SUCCEEDED).planAll();
        cluster.facts().hold(new Holding(S, new NodeId(node), cluster.life(node), generation, HoldingState.FREE));
    }

    @Test
    @Tag("A22")
    void unknownStart_isStoppedAndThenStartedAnew() {
        cluster.apply(service("s")).up("n1").planAll();
        long first = cluster.owner("s").orElseThrow().generation();

        cluster.reports("n1", "s", Verb.START, Outcome.UNKNOWN).planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on n1");
        assertThat(cluster.reason("s")).contains("what became of its start is not known");

        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("s")).isEqualTo("starting on n1");
        assertThat(cluster.owner("s").orElseThrow().generation()).isGreaterThan(first);
    }

    @Test
    @Tag("B18")
    void deregistered_onlyWhenTheStopHasEnded() {
        cluster.apply(service("s")).up("n1").settle();

        cluster.ask(new Wish.Deregister(S));
        assertThat(cluster.state("s")).isEqualTo("stopping on n1");

        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("s")).isEqualTo("deregistered");
        assertThat(cluster.reason("s")).isEqualTo("deregistered by the operator");
    }

    @Test
    @Tag("B18")
    void deregisteredWhileStarting_runsTheStartToItsEndFirst() {
        cluster.apply(service("s")).up("n1").planAll();

        cluster.ask(new Wish.Deregister(S));
        assertThat(cluster.state("s")).isEqualTo("starting on n1");

        cluster.reports("n1", "s", Verb.START, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on n1");
    }

    @Test
    @Tag("B18")
    void failedStop_blocksUntilTheOperatorConfirms() {
        cluster.apply(service("s")).up("n1", "n2").settle();
        String at = cluster.nodes("s").getFirst();
        cluster.ask(new Wish.Transfer(S, Optional.empty()));

        cluster.reports(at, "s", Verb.STOP, Outcome.FAILED).planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on " + at + " T");
        assertThat(cluster.reason("s")).startsWith("blocked: its stop on " + at + " failed: exit 1; see that");

        Answer refused = cluster.ask(new Wish.Clear(S, Optional.empty(), false));
        assertThat(refused.verdict()).isEqualTo(Answer.Verdict.REFUSED);
        assertThat(refused.message()).contains("add --confirm-stopped");
        assertThat(cluster.nodes("s")).containsExactly(at);

        cluster.ask(new Wish.Clear(S, Optional.empty(), true));
        assertThat(cluster.settle().nodes("s")).doesNotContain(at).hasSize(1);
    }

    @Test
    @Tag("B18")
    void hangingStop_endsByTheOperatorsWord() {
        cluster.apply(service("s")).up("n1").settle();
        cluster.ask(new Wish.Deregister(S));

        cluster.ask(new Wish.Clear(S, Optional.empty(), true));

        assertThat(cluster.nodes("s")).isEmpty();
    }

    @Test
    @Tag("B18")
    void hangingStop_withAStopGrace_isWaitedFor() {
        cluster.apply(service("s").stopGrace(Duration.ofSeconds(20))).up("n1").settle();
        cluster.ask(new Wish.Deregister(S));

        assertThat(cluster.ask(new Wish.Clear(S, Optional.empty(), true)).message())
                .isEqualTo("its stop on n1 is at work, and may outlast that node by its stop-grace of 20s:"
                        + " wait until it has ended or failed");
        assertThat(cluster.nodes("s")).containsExactly("n1");

        cluster.reports("n1", "s", Verb.STOP, Outcome.FAILED).planAll();
        cluster.ask(new Wish.Clear(S, Optional.empty(), true));
        assertThat(cluster.nodes("s")).isEmpty();
    }

    @Test
    @Tag("B18")
    void whatIsForcedOut_withAStopGrace_isWaitedFor() {
        cluster.apply(service("s").stopGrace(Duration.ofSeconds(20))).up("n1").settle();
        cluster.ask(new Wish.ForceLeave(new NodeId("n1")));

        assertThat(cluster.ask(new Wish.Clear(S, Optional.empty(), true)).message())
                .contains("may outlast that node by its stop-grace of 20s");
    }

    @Test
    @Tag("B18")
    void aRegisteredService_isNotClearedAway() {
        cluster.apply(service("s")).up("n1").settle();

        Answer confirmed = cluster.ask(new Wish.Clear(S, Optional.empty(), true));
        Answer cleared = cluster.ask(new Wish.Clear(S, Optional.empty(), false));

        assertThat(confirmed.verdict()).isEqualTo(Answer.Verdict.REFUSED);
        assertThat(confirmed.message())
                .isEqualTo("no stop of service s has failed or hangs: leave --confirm-stopped out");
        assertThat(cleared.verdict()).isEqualTo(Answer.Verdict.ACCEPTED);
        assertThat(cleared.message()).isEqualTo("nothing is to be done for s");
        assertThat(cleared.generation()).contains(1L);
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
        assertThat(cluster.reason("s")).startsWith("n1 is the only able node");
    }

    @Test
    @Tag("C11")
    void nothingRunsAnyMore_isStoppedAndStartedElsewhere() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        long generation = cluster.owner("s").orElseThrow().generation();

        cluster.facts().hold(new Holding(S, new NodeId("n1"), cluster.life("n1"), generation, HoldingState.LOST));
        cluster.plan();
        assertThat(cluster.state("s")).isEqualTo("stopping on n1");
        assertThat(cluster.reason("s")).isEqualTo("it is to stop on n1: nothing of it runs any more");

        cluster.settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    @Tag("C10")
    @Tag("C11")
    void monitorSaysThatItDoesNotWork_isStoppedAndStartedElsewhere_andCounted() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        long generation = cluster.owner("s").orElseThrow().generation();

        cluster.facts().hold(new Holding(S, new NodeId("n1"), cluster.life("n1"), generation, HoldingState.FAILING));
        cluster.reports("n1", "s", Verb.MONITOR, Outcome.FAILED).plan();
        assertThat(cluster.reason("s"))
                .isEqualTo("it is to stop on n1: its monitor says that it does not work: exit 1");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");
        assertThat(cluster.assignment("s").failures())
                .singleElement()
                .satisfies(f -> assertThat(f.detail()).isEqualTo("its monitor says that it does not work: exit 1"));
    }

    @Test
    @Tag("C11")
    void letGoOfWhenTheLeaseRanOut_isNoFailure() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        long generation = cluster.owner("s").orElseThrow().generation();

        cluster.facts().hold(new Holding(S, new NodeId("n1"), cluster.life("n1"), generation, HoldingState.STOPPED));
        cluster.plan();
        assertThat(cluster.reason("s")).isEqualTo("it is to stop on n1: its node let go of it when its lease ran out");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
        assertThat(cluster.assignment("s").failures()).isEmpty();
    }

    @Test
    void specDeleted_leavesOnlyTheGenerationBehind() {
        cluster.apply(service("s").matureAt(1, Duration.ofMinutes(1))).up("n1").planAll();
        cluster.reports("n1", "s", Verb.START, Outcome.FAILED).planAll();
        cluster.ask(new Wish.Deregister(S));
        long generation = cluster.assignment("s").generation();

        cluster.delete("s").settle().apply(service("s")).planAll();

        assertThat(cluster.state("s")).isEqualTo("starting on n1");
        assertThat(cluster.assignment("s").generation()).isGreaterThan(generation);
    }

    @Test
    void specDeleted_stopsAndDeregisters() {
        cluster.apply(service("s")).up("n1").settle().delete("s").planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on n1");
        assertThat(cluster.owner("s").orElseThrow().actions().has(Verb.STOP)).isTrue();

        cluster.settle();
        assertThat(cluster.state("s")).isEqualTo("deregistered");
        assertThat(cluster.assignment("s").generation()).isPositive();
    }

    @Test
    void specDeletedAndAppliedAgain_goesOnWithHigherGenerations() {
        cluster.apply(service("s")).up("n1").settle();
        long generation = cluster.assignment("s").generation();

        cluster.delete("s").settle().apply(service("s")).settle();

        assertThat(cluster.owner("s").orElseThrow().generation()).isGreaterThan(generation);
    }

    @Test
    void specChangedWhileRunning_keepsTheActionsItStartedWith() {
        cluster.apply(service("s").recovery()).up("n1").settle();

        cluster.apply(service("s").without(Verb.RECOVERY)).settle();

        assertThat(cluster.owner("s").orElseThrow().actions().has(Verb.RECOVERY))
                .isTrue();
    }

    @Test
    void unreadable_freezesItsOwnServiceOnly() {
        cluster.apply(service("s"), service("t")).up("n1", "n2").settle();
        cluster.blurred(new Unreadable("/specs/services/s", "no JSON", Optional.of(S)));

        cluster.down("n1", "n2").up("n3").settle();

        assertThat(cluster.reason("s")).isEqualTo("frozen: /specs/services/s can't be read (no JSON)");
        assertThat(cluster.nodes("s")).doesNotContain("n3");
        assertThat(cluster.nodes("t")).containsExactly("n3");

        cluster.blurred().settle();
        assertThat(cluster.nodes("s")).containsExactly("n3");
    }

    @Test
    void nothingToDo_decidesNothing() {
        cluster.apply(service("s").recovery().freeTransfer().ranked("n1"))
                .up("n1", "n2")
                .settle();

        assertThat(cluster.plan().isEmpty()).isTrue();
        assertThat(cluster.plan().reconsiderIn()).isEmpty();
    }
}
