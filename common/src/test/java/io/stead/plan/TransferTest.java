package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.service.Report;
import io.stead.model.spec.Verb;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B21")
final class TransferTest {
    private static final ServiceName S = new ServiceName("s");

    private final Cluster cluster = new Cluster();

    private void transfer(String to) {
        cluster.ask(new Wish.Transfer(S, Optional.of(new NodeId(to))));
    }

    @Test
    void byTheOperator_stopsThenStartsElsewhere_andShowsTheIntentMeanwhile() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();

        cluster.ask(new Wish.Transfer(S, Optional.empty()));
        assertThat(cluster.state("s")).isEqualTo("stopping on n1 T");
        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).plan();
        assertThat(cluster.state("s")).isEqualTo("deregistered T");
        cluster.plan();
        assertThat(cluster.state("s")).isEqualTo("starting on n2 T");
        cluster.reports("n2", "s", Verb.START, Outcome.SUCCEEDED).plan();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void toANamedNode_goesThereThoughAnotherIsPreferred() {
        cluster.apply(service("s").ranked("n1", "n2")).up("n1", "n2", "n3").settle();

        transfer("n3");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n3");
    }

    @Test
    void namedNodeDiesMeanwhile_anotherTakesIt() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2", "n3").settle();
        transfer("n3");

        cluster.down("n3").settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    @Tag("B17")
    void namedNodeFailsToStartIt_theNextIsTried() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2", "n3").settle();
        transfer("n3");
        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).planAll();

        cluster.reports("n3", "s", Verb.START, Outcome.FAILED).planAll();

        assertThat(cluster.state("s")).isEqualTo("starting on n2 T");
    }

    @Test
    void everyOtherFailsToStartIt_theOldNodeTakesItBack() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        transfer("n2");
        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).planAll();

        cluster.reports("n2", "s", Verb.START, Outcome.FAILED).planAll();

        assertThat(cluster.state("s")).isEqualTo("starting on n1 T");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void nobodyElseIsAbleAnyMore_theOldNodeTakesItBack() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        transfer("n2");

        cluster.down("n2").settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void aNodeThatShutsDown_transfersAllItsServicesAndThenHasLeft() {
        cluster.apply(service("s").ranked("n1"), service("t").ranked("n1"))
                .up("n1", "n2")
                .settle();

        cluster.leaves("n1").planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on n1 T");
        assertThat(cluster.state("t")).isEqualTo("stopping on n1 T");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.LEAVING);

        cluster.settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
        assertThat(cluster.view().members()).doesNotContainKey(new NodeId("n1"));
    }

    @Test
    @Tag("B8")
    void theLastNodeLeaves_nobodyCanTakeIt_andTheIntentEndsWithTheStop() {
        cluster.apply(service("s")).up("n1").settle().leaves("n1").planAll();

        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).plan();

        assertThat(cluster.state("s")).isEqualTo("deregistered");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    @Tag("B8")
    void leave_isDoneOnlyWhenTheServiceIsRegisteredElsewhere() {
        cluster.apply(service("s").ranked("n1"))
                .up("n1", "n2")
                .settle()
                .leaves("n1")
                .planAll();
        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("s")).isEqualTo("starting on n2 T");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.LEAVING);

        cluster.reports("n2", "s", Verb.START, Outcome.SUCCEEDED).plan();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    @Tag("B8")
    void leave_isDoneWhenTheServiceCanBeStartedNowhereElse() {
        cluster.apply(service("s").ranked("n1"))
                .up("n1", "n2")
                .settle()
                .leaves("n1")
                .planAll();
        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).planAll();

        cluster.reports("n2", "s", Verb.START, Outcome.FAILED).planAll();

        assertThat(cluster.state("s")).isEqualTo("deregistered");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    @Tag("B8")
    void leave_isDoneWhenTheSpecIsDeletedMeanwhile() {
        cluster.apply(service("s").ranked("n1"))
                .up("n1", "n2")
                .settle()
                .leaves("n1")
                .planAll();

        cluster.delete("s").reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).planAll();

        assertThat(cluster.state("s")).isEqualTo("deregistered");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    @Tag("B8")
    void leave_isDoneWhenTheServiceIsDeregisteredMeanwhile() {
        cluster.apply(service("p").ranked("n1"), service("c").parent("p"))
                .up("n1", "n2")
                .settle();
        cluster.ask(new Wish.Transfer(new ServiceName("p"), Optional.empty()));
        cluster.apply(service("p").ranked("n1").manual()).leaves("n1").settle();

        assertThat(cluster.state("p")).isEqualTo("deregistered");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    void leavingNode_dies_isForcedOutAndRecovered() {
        cluster.apply(service("s").ranked("n1").recovery())
                .up("n1", "n2")
                .settle()
                .leaves("n1")
                .planAll();

        cluster.down("n1").planAll();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.FORCED_LEAVING);
        assertThat(cluster.state("s")).isEqualTo("recovering on n1 T");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");
    }

    @Test
    void drain_movesEverythingAway() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();

        cluster.ask(new Wish.Drain(new NodeId("n1")));

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");
    }

    @Test
    void drain_leavesWhatHasNowhereElseToGo() {
        cluster.apply(service("s").allow("n1")).up("n1", "n2").settle();

        cluster.ask(new Wish.Drain(new NodeId("n1")));
        cluster.settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
        assertThat(cluster.reason("s"))
                .isEqualTo("it stays on n1 though its node is being drained: no other node can take it");
    }

    @Test
    void drain_leavesWhatHasFailedEverywhereElse() {
        cluster.apply(service("s").ranked("n2", "n1")).up("n1", "n2").planAll();
        cluster.reports("n2", "s", Verb.START, Outcome.FAILED).settle();

        cluster.ask(new Wish.Drain(new NodeId("n1")));

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void drain_movesItAsSoonAsAnotherIsAble() {
        cluster.apply(service("s")).up("n1").settle();
        cluster.ask(new Wish.Drain(new NodeId("n1")));

        cluster.settle().up("n2").settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void free_movesToAStrictlyPreferredNodeThatJoins() {
        cluster.apply(service("s").ranked("n1", "n2").freeTransfer())
                .up("n2", "n3")
                .settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");

        cluster.up("n1").plan();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);
        assertThat(cluster.state("s")).isEqualTo("registered on n2");
        cluster.plan();
        assertThat(cluster.state("s")).isEqualTo("stopping on n2 T");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void costly_staysWhereItIs() {
        cluster.apply(service("s").ranked("n1", "n2"))
                .up("n2")
                .settle()
                .up("n1")
                .settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void free_doesNotMoveBetweenEquals() {
        cluster.apply(service("s").unranked("n1", "n2").freeTransfer())
                .up("n2")
                .settle()
                .up("n1")
                .settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void free_doesNotMoveToAQuiescedNode() {
        cluster.apply(service("s").ranked("n1").freeTransfer())
                .up("n2", "n1")
                .settle()
                .down("n1")
                .settle();
        cluster.ask(new Wish.Quiesce(new NodeId("n1")));
        cluster.up("n1").settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");

        cluster.ask(new Wish.Resume(new NodeId("n1")));
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    @Tag("B19")
    void free_waitsUntilThePreferredNodeHasBeenNotified() {
        cluster.apply(service("s").ranked("n1").freeTransfer().notifies())
                .up("n2")
                .settle();

        cluster.up("n1").planAll();
        assertThat(cluster.state("s")).isEqualTo("registered on n2");
        assertThat(cluster.reason("s"))
                .isEqualTo("n1 is preferred, and its transfer is free; waiting until n1 has been notified");

        long generation = cluster.owner("s").orElseThrow().generation();
        cluster.reports("n1", new Report(S, generation, Verb.NOTIFY, Outcome.FAILED, "exit 1"))
                .planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on n2 T");

        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void free_isNotTriedAgainWhereItsStartHasFailed() {
        cluster.apply(service("s").ranked("n1").freeTransfer()).up("n1", "n2").planAll();
        cluster.reports("n1", "s", Verb.START, Outcome.FAILED).settleInTime(Duration.ofHours(1));

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void operatorsMoveAgainstAFreePreference_holdsUntilThePreferredNodeJoinsAnew() {
        cluster.apply(service("s").ranked("n1").freeTransfer()).up("n1", "n2").settle();

        cluster.pass(Duration.ofSeconds(1));
        transfer("n2");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n2");

        cluster.pass(Duration.ofSeconds(1)).down("n1").settle().up("n1");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void whereEveryOtherNodeHasFailed_itIsRefused() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        transfer("n2");
        cluster.reports("n1", "s", Verb.STOP, Outcome.SUCCEEDED).plan();
        cluster.plan();
        cluster.reports("n2", "s", Verb.START, Outcome.FAILED).settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n1");

        assertThat(cluster.ask(new Wish.Transfer(S, Optional.empty())).message())
                .isEqualTo("service s can't leave n1: its start has failed on every other able node; mend it,"
                        + " then `stead clear s`, or name a node with --to");
    }

    @Test
    @Tag("B21")
    void policyAll_leavingNodesAreStoppedAndNotReplaced() {
        cluster.apply(service("s").onAll()).up("n1", "n2").settle().leaves("n1").settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void policyChangedDuringATransfer_endsTheIntent() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        transfer("n2");

        cluster.apply(service("s").onAll()).settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1 n2");
    }
}
