package io.stead.reconcile;

import static io.stead.reconcile.NodeInHand.LIFE;
import static io.stead.reconcile.NodeInHand.ME;
import static io.stead.reconcile.NodeInHand.OTHER;
import static io.stead.reconcile.NodeInHand.name;
import static io.stead.testing.SpecBuilder.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.Incarnation;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Outcome;
import io.stead.model.spec.ServiceSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ReconcilerTest {
    private final NodeInHand node = new NodeInHand();

    /** The service runs here as generation 1, and the store knows. */
    private NodeInHand running(String service) {
        node.assigned(service(service).recovery().notifies(), 1);
        return started(service);
    }

    private NodeInHand started(String service) {
        node.holds(service, ME, 1, HoldingState.ACQUIRING);
        for (Effect effect : node.does()) {
            node.ended(effect, Result.DONE);
        }
        return node.registered(service).holds(service, ME, 1, HoldingState.ONLINE);
    }

    /** Its lease was over, and is still. */
    private NodeInHand killed(String service) {
        Effect kill = running(service).leaseLeft(Duration.ZERO).does().getFirst();
        return node.ended(kill, Result.DONE);
    }

    private RunState state(String service) {
        return requireNonNull(node.local().runs().get(name(service))).state();
    }

    // ---- taking

    @Test
    @Tag("A22")
    void given_holdsBeforeItStarts() {
        node.assigned(service("s"), 1);

        assertThat(node.says()).containsExactly("s ACQUIRING 1");
        assertThat(node.acts()).isEmpty();
    }

    @Test
    void holdingReadBack_starts() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);

        assertThat(node.acts()).containsExactly("start s");
    }

    @Test
    void holdingOfAnEarlierGeneration_isNotEnough() {
        node.assigned(service("s"), 2).holds("s", ME, 1, HoldingState.ACQUIRING);

        assertThat(node.acts()).isEmpty();
    }

    @Test
    void anotherHolds_waits_untilItIsFree() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        for (HoldingState state : HoldingState.values()) {
            node.holds("s", OTHER, 1, state).local(LocalState.EMPTY);
            boolean free = state == HoldingState.FREE;
            assertThat(node.acts()).as(state.name()).isEqualTo(free ? List.of("start s") : List.of());
            if (!free) {
                assertThat(node.reconcile().waits()).containsEntry(name("s"), "waiting until n2 lets go of it");
            }
        }
    }

    @Test
    void policyAll_doesNotWaitForOthers() {
        node.assigned(service("s").onAll(), 1).holds("s", ME, 1, HoldingState.ACQUIRING);

        assertThat(node.holds("s", OTHER, 1, HoldingState.ONLINE).acts()).containsExactly("start s");
    }

    @Test
    @Tag("A22")
    void startAtWork_isNotBegunAgain() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);

        assertThat(node.acts()).containsExactly("start s");
        assertThat(node.acts()).isEmpty();
    }

    @Test
    void ownerOfAnotherLife_isNotThisNode() {
        ServiceSpec spec = service("s").spec();
        node.assigned(spec, NodeInHand.owner(spec, ME, new Incarnation(6), 1));

        assertThat(node.does()).isEmpty();
    }

    @Test
    @Tag("B24")
    void claimed_isAdoptedWithoutAStart() {
        node.assigned(service("s"), 1).registered("s").holds("s", ME, 1, HoldingState.ACQUIRING);

        assertThat(node.acts()).containsExactly("adopt s");
        assertThat(state("s")).isEqualTo(RunState.STARTED);
    }

    @Test
    @Tag("B16")
    void child_isNotStartedWithoutItsParent() {
        node.assigned(service("c").parent("p"), 1).holds("c", ME, 1, HoldingState.ACQUIRING);
        assertThat(node.acts()).isEmpty();
        assertThat(node.reconcile().waits()).containsEntry(name("c"), "waiting until its parent p runs");

        node.assigned(service("p"), 1);
        started("p");
        assertThat(node.acts()).containsExactly("start c");
    }

    // ---- telling

    @Test
    @Tag("B17")
    void startEnds_isSaid() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        Effect start = node.does().getFirst();

        assertThat(node.ended(start, Result.DONE).says()).containsExactly("s ONLINE 1", "s START SUCCEEDED 1");
    }

    @Test
    @Tag("B17")
    void startFails_isSaid_andForgottenWhenTheOwnerIsGone() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        Effect start = node.does().getFirst();
        node.ended(start, Result.failed("exit 1"));
        assertThat(node.says()).containsExactly("s FAILED 1", "s START FAILED 1");

        assertThat(node.unassigned("s").acts()).containsExactly("forget s");
        assertThat(node.says()).containsExactly("s FREE 1");
    }

    @Test
    @Tag("C4")
    void agentRestartedDuringAStart_saysThatItDoesNotKnow() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        node.does();

        node.local(node.local().restarted());

        assertThat(node.says()).containsExactly("s UNKNOWN 1", "s START UNKNOWN 1");
        assertThat(node.acts()).isEmpty();
        assertThat(node.local(node.local()).toStop("s").acts()).containsExactly("stop s");
    }

    @Test
    @Tag("C4")
    void agentRestarted_keepsWhatRuns() {
        running("s");

        node.local(node.local().restarted());

        assertThat(node.does()).isEmpty();
    }

    @Test
    void lost_isSaid() {
        running("s").local(node.local().lost(name("s"), 1, "gone"));

        assertThat(node.says()).contains("s LOST 1");
    }

    @Test
    @Tag("C10")
    void monitorSaysThatItDoesNotWork_isSaid_andStoppedWhenTheLeaderSaysSo() {
        running("s");
        node.local(node.local().failing(name("s"), 1, "exit 7"));
        assertThat(node.says()).contains("s FAILING 1");
        assertThat(node.acts()).isEmpty();
        assertThat(node.local().monitored()).isEmpty();

        assertThat(node.toStop("s").acts()).containsExactly("stop s");
    }

    @Test
    @Tag("C10")
    void whatDoesNotWork_mayStillRun_andIsKilledAtTheEndOfTheLease() {
        running("s");
        node.local(node.local().failing(name("s"), 1, "exit 7"));

        assertThat(node.leaseLeft(Duration.ZERO).acts()).containsExactly("kill s");
    }

    @Test
    void nothingChanged_nothingIsSaidOrDone() {
        running("s");

        assertThat(node.does()).isEmpty();
    }

    // ---- stopping

    @Test
    @Tag("B18")
    void toStop_stopsAndSaysHowItEnded() {
        running("s").toStop("s");
        Effect stop = node.does().getFirst();

        assertThat(node.says()).containsExactly("s RELEASING 1");

        node.ended(stop, Result.DONE);
        assertThat(node.says()).containsExactly("s STOPPED 1", "s STOP SUCCEEDED 1");
    }

    @Test
    @Tag("C11")
    void stopLeavesSomething_isBlockedUntilThatHasEnded() {
        running("s").toStop("s");
        Effect stop = node.does().getFirst();
        node.ended(stop, Result.unknown("something is left"));
        assertThat(node.says()).containsExactly("s RELEASE_FAILED 1", "s STOP FAILED 1");

        node.local(node.local().lost(name("s"), 1, "it has ended"));
        assertThat(node.acts()).containsExactly("stop s");
    }

    @Test
    @Tag("C11")
    void stopFailsAndNothingIsLeft_isBlockedUntilAnOperatorsWord_andHoldsNoForcedLeaveUp() {
        running("s").toStop("s");
        Effect stop = node.does().getFirst();
        node.ended(stop, Result.failed("exit 1"));
        node.local(node.local().lost(name("s"), 1, "it has ended"));
        assertThat(node.says()).containsExactly("s RELEASE_FAILED 1", "s STOP FAILED 1");

        assertThat(node.phase(MemberPhase.FORCED_LEAVING).acts()).containsExactly("end session");
        assertThat(node.phase(MemberPhase.JOINED).unassigned("s").acts()).containsExactly("forget s");
    }

    @Test
    void forcedOutWithSomethingThatCantBeKilled_goesWithAnOperatorsWord() {
        running("s").toStop("s");
        node.ended(node.does().getFirst(), Result.unknown("something is left")).phase(MemberPhase.FORCED_LEAVING);
        assertThat(node.acts()).isEmpty();

        Effect forget = node.unassigned("s").does().getFirst();
        assertThat(forget).isInstanceOf(Effect.Forget.class);
        assertThat(node.ended(forget, Result.failed("still there")).acts()).containsExactly("end session");
    }

    @Test
    void beingForgotten_itIsNotStartedAnew() {
        running("s").toStop("s");
        node.ended(node.does().getFirst(), Result.DONE).unassigned("s");
        Effect forget = node.does().getFirst();
        node.assigned(service("s"), 2).holds("s", ME, 2, HoldingState.ACQUIRING);
        assertThat(node.acts()).isEmpty();
        assertThat(node.ended(forget, Result.DONE).acts()).containsExactly("start s");
    }

    @Test
    void holdingThatCantBeRead_mayBeAnothers() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING).unreadableHolding("s");
        assertThat(node.acts()).isEmpty();
        assertThat(node.readable().acts()).containsExactly("start s");
    }

    @Test
    @Tag("B24")
    void withoutProcessesOfItsOwn_itIsNeverLost() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        Effect start = node.does().getFirst();
        node.ended(start, new Result(Outcome.SUCCEEDED, "", false)).registered("s");

        assertThat(node.local().watched()).isEmpty();
        assertThat(node.local().lost(name("s"), 1, "gone")).isEqualTo(node.local());
    }

    @Test
    @Tag("B16")
    void parent_stopsAfterItsChild() {
        node.assigned(service("p"), 1);
        started("p");
        node.assigned(service("c").parent("p"), 1);
        started("c");
        node.toStop("p").toStop("c");

        assertThat(node.acts()).containsExactly("stop c");
        assertThat(node.reconcile().waits()).containsEntry(name("p"), "waiting until c has stopped");
    }

    @Test
    @Tag("B16")
    void parentOfWhichNobodyKnowsWhetherItHasStarted_stopsAfterItsChild() {
        node.assigned(service("p"), 1);
        started("p");
        node.assigned(service("c").parent("p"), 1);
        started("c");
        node.toStop("p").toStop("c");
        java.util.Map<ServiceName, Run> runs =
                new java.util.HashMap<>(node.local().runs());
        runs.computeIfPresent(name("p"), (s, r) -> r.with(RunState.UNKNOWN, "the agent was restarted meanwhile"));
        node.local(new LocalState(runs, java.util.Map.of(), java.util.Set.of(), false));

        assertThat(node.acts()).containsExactly("stop c");
    }

    @Test
    void nobodysAnyMore_isStopped() {
        running("s").unassigned("s");

        assertThat(node.acts()).containsExactly("stop s");
    }

    @Test
    void nobodysAnyMoreWhileItStarts_isNotSaidToBeAcquired() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        node.does();

        assertThat(node.unassigned("s").says()).containsExactly("s RELEASING 1");
    }

    @Test
    void assignmentThatCantBeRead_isNotOneThatWasTakenAway() {
        running("s").blurred("s");

        assertThat(node.acts()).isEmpty();
    }

    // ---- lease

    @Test
    void leaseLow_stopsWhatIsExclusiveInOrder_andBeginsNothing() {
        running("s");
        node.assigned(service("t"), 1).holds("t", ME, 1, HoldingState.ACQUIRING);

        assertThat(node.leaseLeft(Duration.ofMillis(500)).acts()).containsExactly("stop s");
    }

    @Test
    void leaseLow_leavesWhatRunsEverywhere() {
        node.assigned(service("s").onAll(), 1);
        started("s");

        assertThat(node.leaseLeft(Duration.ZERO).acts()).isEmpty();
    }

    @Test
    void leaseOver_killsOnce() {
        running("s").leaseLeft(Duration.ZERO);
        Effect kill = node.does().getFirst();
        assertThat(node.acts()).isEmpty();

        node.ended(kill, Result.DONE);
        assertThat(state("s")).isEqualTo(RunState.KILLED);
        assertThat(node.acts()).isEmpty();
        assertThat(node.says()).contains("s KILLED 1");
    }

    @Test
    @Tag("A22")
    void killedAtTheEndOfItsLease_isStoppedByItsCommandOnceItHasTheLeaseAgain() {
        killed("s").toStop("s");
        assertThat(node.acts()).isEmpty();
        assertThat(node.reconcile().waits()).containsKey(name("s"));

        Effect stop = node.leaseLeft(Duration.ofSeconds(2)).does().getFirst();
        assertThat(stop).isInstanceOf(Effect.Stop.class);
        assertThat(node.ended(stop, Result.DONE).says()).contains("s STOPPED 1", "s STOP SUCCEEDED 1");
    }

    @Test
    void vanishesWhileItIsKilled_isKilled_andNoFailure() {
        running("s").leaseLeft(Duration.ZERO).does();

        node.local(node.local().lost(name("s"), 1, "nothing of it runs any more"));

        assertThat(state("s")).isEqualTo(RunState.KILLED);
    }

    @Test
    @Tag("A22")
    void stopCutOffByTheKill_isRunAgain_andIsToBlameOnlyForWhatItDoesThen() {
        running("s").toStop("s");
        Effect stop = node.does().getFirst();
        assertThat(node.local().guarded()).hasSize(1);
        node.leaseLeft(Duration.ZERO).does();
        node.ended(stop, Result.failed("ended by signal 9").whenCutOff());
        assertThat(state("s")).isEqualTo(RunState.KILLED);

        Effect again = node.leaseLeft(Duration.ofSeconds(2)).does().getFirst();
        node.ended(again, Result.failed("exit 1"));
        assertThat(state("s")).isEqualTo(RunState.STOP_FAILED);
    }

    /** As long as nobody guards it, the lease is cut short; the session's end is what a stop command must respect. */
    @Test
    void withoutAWarden_theStopCommandOfWhatWasKilledIsNotKilledAgain() {
        killed("s").toStop("s");
        node.unguarded(Duration.ofSeconds(2));
        assertThat(node.acts()).containsExactly("stop s");

        assertThat(node.acts()).isEmpty();
        assertThat(state("s")).isEqualTo(RunState.CLEARING);
    }

    @Test
    @Tag("A22")
    void killedAndGivenToNobodyMeanwhile_hasItsStopCommandAllTheSame() {
        killed("s").unassigned("s").leaseLeft(Duration.ofSeconds(2));

        assertThat(node.acts()).containsExactly("stop s");
    }

    @Test
    void leaseOverDuringAStart_killsOnce_andWaitsForTheStartsOwnEnd() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        Effect start = node.does().getFirst();
        node.leaseLeft(Duration.ZERO);
        Effect kill = node.does().getFirst();
        assertThat(kill).isInstanceOf(Effect.Kill.class);

        node.ended(kill, Result.DONE);
        assertThat(node.acts()).isEmpty();

        node.ended(start, Result.failed("killed").whenCutOff());
        assertThat(state("s")).isEqualTo(RunState.KILLED);
        assertThat(node.local().killing()).isEmpty();
    }

    @Test
    void leaseOver_whatCantBeKilledIsKilledOnce() {
        running("s").leaseLeft(Duration.ZERO);
        Effect kill = node.does().getFirst();

        node.ended(kill, Result.unknown("something is left"));

        assertThat(state("s")).isEqualTo(RunState.STUCK);
        assertThat(node.acts()).isEmpty();
    }

    @Test
    @Tag("C11")
    void leaseOver_aStopMayGoOnForItsGrace_andIsKilledThen() {
        node.assigned(service("s").stopGrace(Duration.ofSeconds(5)), 1);
        started("s").leaseLeft(Duration.ofMillis(-100));
        assertThat(node.acts()).containsExactly("stop s");
        assertThat(node.leaseLeft(Duration.ofMillis(-4900)).acts()).isEmpty();
        assertThat(node.reconcile().reconsiderIn()).contains(Duration.ofMillis(100));
        assertThat(node.leaseLeft(Duration.ofSeconds(-5)).acts()).containsExactly("kill s");
    }

    /** What its start has left has no processes, and nothing but this command ends it. */
    @Test
    @Tag("C11")
    void leaseOver_aStopCommandThatIsAllThereIsIsNotKilled() {
        node.assigned(service("s"), 1).holds("s", ME, 1, HoldingState.ACQUIRING);
        node.ended(node.does().getFirst(), new Result(Outcome.SUCCEEDED, "", false));
        node.registered("s").toStop("s");
        Effect stop = node.does().getFirst();
        assertThat(node.local().guarded()).as("what the warden kills").isEmpty();

        assertThat(node.leaseLeft(Duration.ZERO).acts()).isEmpty();
        assertThat(node.phase(MemberPhase.FORCED_LEAVING).acts()).isEmpty();
        node.ended(stop, Result.DONE);
        assertThat(state("s")).isEqualTo(RunState.STOPPED);
    }

    @Test
    void leaseRanOut_isSaidAsStopped_notAsLost() {
        running("s").leaseLeft(Duration.ofMillis(500));
        Effect stop = node.does().getFirst();
        node.ended(stop, Result.DONE);

        assertThat(node.says()).contains("s STOPPED 1");
    }

    // ---- another life

    @Test
    @Tag("B9")
    void forcedOut_killsEverything_thenEndsItsSession() {
        running("s").phase(MemberPhase.FORCED_LEAVING);
        Effect kill = node.does().getFirst();
        assertThat(kill).isInstanceOf(Effect.Kill.class);
        assertThat(node.acts()).isEmpty();

        assertThat(node.ended(kill, Result.DONE).acts()).containsExactly("end session");
    }

    /** Since that life's session ended it may be another node's. */
    @Test
    void whatAFormerLifeLeft_isKilledBeforeAnythingOfItIsStarted_andNotStoppedAnyMore() {
        formerLife("s", true, RunState.STARTED);
        assertThat(node.acts()).containsExactly("kill s");

        node.ended(new Effect.Kill(run("s")), Result.DONE);
        assertThat(node.acts()).containsExactly("forget s");
    }

    @Test
    void whatAFormerLifeLeftOfAServiceOfAllNodes_isStoppedInOrder() {
        formerLife("s", false, RunState.STARTED);

        assertThat(node.acts()).containsExactly("stop s");
    }

    @Test
    void whatAFormerLifeCouldNotStop_isNotForgotten() {
        formerLife("s", true, RunState.STUCK);
        node.unassigned("s");

        assertThat(node.acts()).isEmpty();
        assertThat(node.says()).containsExactly("s RELEASE_FAILED 1");
    }

    /** A run of another session than this one, and the service is this node's again. */
    private void formerLife(String service, boolean exclusive, RunState state) {
        ServiceSpec spec = service(service).spec();
        running(service);
        Run former = run(service);
        Run left = new Run(
                former.service(),
                former.generation(),
                new Incarnation(6),
                former.actions(),
                former.parent(),
                exclusive,
                Duration.ZERO,
                true,
                state,
                "");
        node.local(
                new LocalState(java.util.Map.of(name(service), left), java.util.Map.of(), java.util.Set.of(), false));
        node.assigned(spec, NodeInHand.owner(spec, ME, LIFE, 2));
    }

    private Run run(String service) {
        return requireNonNull(node.local().runs().get(name(service)));
    }

    // ---- errands

    @Test
    @Tag("B20")
    void recovery_isRunByItsRunner_once() {
        ServiceSpec spec = service("s").recovery().spec();
        node.assigned(spec, NodeInHand.owner(spec, OTHER, new Incarnation(3), 1))
                .registered("s");
        node.recovering("s", ME, 2);

        Effect recover = node.does().getFirst();
        assertThat(recover).isInstanceOf(Effect.Recover.class);
        assertThat(node.acts()).isEmpty();
        assertThat(node.ended(recover, Result.failed("exit 1")).says()).containsExactly("s RECOVERY FAILED 2");
    }

    @Test
    @Tag("C4")
    void recoveryInterruptedByARestart_isRunAgain() {
        ServiceSpec spec = service("s").recovery().spec();
        node.assigned(spec, NodeInHand.owner(spec, OTHER, new Incarnation(3), 1))
                .registered("s");
        node.recovering("s", ME, 2).does();

        assertThat(node.local(node.local().restarted()).acts()).containsExactly("recover s");
    }

    @Test
    @Tag("B19")
    void notify_runsOnceForEachRegistration_whereTheServiceIsAllowedAndNotHere() {
        ServiceSpec spec = service("s").notifies().allow("n1", "n2").spec();
        node.assigned(spec, NodeInHand.owner(spec, OTHER, new Incarnation(3), 1));
        assertThat(node.acts()).isEmpty();

        node.registered("s");
        Effect notify = node.does().getFirst();
        assertThat(notify).isInstanceOf(Effect.Notify.class);
        assertThat(node.ended(notify, new Result(Outcome.FAILED, "exit 1")).acts())
                .isEmpty();

        node.assigned(spec, NodeInHand.owner(spec, OTHER, new Incarnation(3), 2))
                .registered("s");
        assertThat(node.acts()).containsExactly("notify s");
    }

    @Test
    void errandThatNobodyAsksAboutAnyMore_isForgottenWithTheNextReport() {
        ServiceSpec spec = service("s").notifies().spec();
        node.assigned(spec, NodeInHand.owner(spec, OTHER, new Incarnation(3), 1))
                .registered("s");
        node.ended(node.does().getFirst(), Result.DONE);
        assertThat(node.says()).containsExactly("s NOTIFY SUCCEEDED 1");
        node.publishes();
        assertThat(node.local().errands()).hasSize(1);

        node.blurred("s");
        node.publishes();
        assertThat(node.local().errands()).hasSize(1);

        node.readable().unassigned("s");
        node.assigned(service("other"), 1).publishes();
        assertThat(node.local().errands()).isEmpty();
    }

    @Test
    @Tag("B19")
    void notify_isNotRunWhereItIsNotAllowed_norBeforeTheNodeHasJoined() {
        ServiceSpec spec = service("s").notifies().allow("n2").spec();
        node.assigned(spec, NodeInHand.owner(spec, OTHER, new Incarnation(3), 1))
                .registered("s");
        assertThat(node.acts()).isEmpty();

        ServiceSpec allowed = service("s").notifies().spec();
        node.assigned(allowed, NodeInHand.owner(allowed, OTHER, new Incarnation(3), 1))
                .registered("s");
        assertThat(node.phase(MemberPhase.INACTIVE).acts()).isEmpty();
        assertThat(node.phase(MemberPhase.JOINED).acts()).containsExactly("notify s");
    }
}
