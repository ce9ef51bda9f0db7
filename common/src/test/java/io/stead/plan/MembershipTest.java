package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.model.view.Unreadable;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B1")
final class MembershipTest {
    private static final NodeId N1 = new NodeId("n1");

    private final Cluster cluster = new Cluster();

    @Test
    @Tag("B11")
    void theFirstNode_formsTheCluster() {
        cluster.up("n1").plan();

        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);
        assertThat(cluster.view().membership().isJoined(N1, cluster.life("n1"))).isTrue();
    }

    @Test
    void aSessionThatEnds_isAForcedLeaveAndThenInactive() {
        cluster.apply(service("s").allow("n1").recovery())
                .up("n1", "n2")
                .settle()
                .down("n1")
                .plan();

        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
        assertThat(cluster.reason("s")).startsWith("its recovery is owed");
    }

    @Test
    @Tag("B8")
    void anotherLife_joinsOnlyAfterTheForcedLeaveOfTheFormerIsDone() {
        cluster.apply(service("s").ranked("n1").recovery()).up("n1", "n2").settle();

        cluster.down("n1").up("n1").planAll();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.FORCED_LEAVING);

        cluster.settle();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);
        assertThat(cluster.view().membership().isJoined(N1, cluster.life("n1"))).isTrue();
    }

    @Test
    @Tag("B8")
    void aLeavingNodeThatDies_becomesAForcedLeave() {
        cluster.apply(service("s").ranked("n1").recovery())
                .up("n1", "n2")
                .settle()
                .leaves("n1")
                .planAll();

        cluster.down("n1").plan();

        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.FORCED_LEAVING);
    }

    @Test
    void leaveAsked_theNodeStaysOutUntilItIsAskedToJoin() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();

        assertThat(cluster.ask(new Wish.Leave(N1, false)).verdict()).isEqualTo(Answer.Verdict.ACCEPTED);
        cluster.settle();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
        assertThat(cluster.state("s")).isEqualTo("registered on n2");
        assertThat(cluster.view().members()).containsKey(N1);

        assertThat(cluster.ask(new Wish.Join(N1)).verdict()).isEqualTo(Answer.Verdict.ACCEPTED);
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);
    }

    @Test
    void leaveAsked_isRefusedWhereSomethingWouldStopThatNobodyElseCanTake() {
        cluster.apply(
                        service("child").parent("one"),
                        service("everywhere").onAll(),
                        service("free"),
                        service("manual").manual(),
                        service("one").allow("n1"))
                .up("n1", "n2")
                .settle();

        Answer refused = cluster.ask(new Wish.Leave(N1, false));
        assertThat(refused.verdict()).isEqualTo(Answer.Verdict.REFUSED);
        assertThat(refused.message())
                .isEqualTo(
                        "no other node can take child, one, which would stop with node n1: see `stead explain child`,"
                                + " or add --force");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);

        cluster.ask(new Wish.Leave(N1, true));
        cluster.settle();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
        assertThat(cluster.state("free")).isEqualTo("registered on n2");
        assertThat(cluster.ask(new Wish.Leave(new NodeId("n2"), false)).message())
                .startsWith("no other node can take everywhere, free, which would stop with node n2");
    }

    @Test
    void leaveAsked_ofTwoAtOnce_isRefusedToTheSecond() {
        cluster.apply(service("s")).up("n1", "n2").settle();
        String on = cluster.nodes("s").getFirst();
        String other = on.equals("n1") ? "n2" : "n1";

        assertThat(cluster.ask(new Wish.Leave(new NodeId(other), false)).verdict())
                .isEqualTo(Answer.Verdict.ACCEPTED);
        assertThat(cluster.ask(new Wish.Leave(new NodeId(on), false)).verdict()).isEqualTo(Answer.Verdict.REFUSED);
    }

    @Test
    void leaveAsked_aNewLifeJoinsByItself() {
        cluster.up("n1", "n2").settle();
        cluster.ask(new Wish.Leave(N1, false));

        cluster.settle().down("n1").up("n1").settle();

        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);
    }

    @Test
    @Tag("B9")
    void forcedOutWhileAlive_waitsForItsSessionThenRejoins() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();

        cluster.ask(new Wish.ForceLeave(N1));
        cluster.planAll();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.FORCED_LEAVING);
        assertThat(cluster.nodes("s")).containsExactly("n1");
        assertThat(cluster.reason("s")).isEqualTo("n1 is being forced out; waiting until its session has ended");

        cluster.settle();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
        assertThat(cluster.state("s")).isEqualTo("registered on n2");

        cluster.up("n1").settle();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);
    }

    @Test
    void forcedLeave_overtakesAGracefulOne() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        cluster.ask(new Wish.Leave(N1, false));

        cluster.ask(new Wish.ForceLeave(N1));

        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.FORCED_LEAVING);
    }

    @Test
    void leaveOrJoinThatDoesNotFit_isRefusedWithTheReason() {
        cluster.up("n1").settle();
        assertThat(cluster.ask(new Wish.Join(N1)).message())
                .isEqualTo("node n1 is joined: only an inactive node can join");

        cluster.ask(new Wish.Leave(N1, false));
        cluster.settle();
        assertThat(cluster.ask(new Wish.Leave(N1, false)).message())
                .isEqualTo("node n1 is inactive: only a joined node can leave");
        assertThat(cluster.ask(new Wish.ForceLeave(N1)).message())
                .isEqualTo("node n1 is inactive: there is nothing to force out");

        cluster.down("n1").settle();
        assertThat(cluster.ask(new Wish.Join(N1)).message())
                .isEqualTo("node n1 is down: start its agent, and it joins by itself");
        assertThat(cluster.ask(new Wish.Leave(new NodeId("n9"), false)).verdict())
                .isEqualTo(Answer.Verdict.NOT_FOUND);
    }

    @Test
    void aNodeThatIsNotOk_keepsItsOwnAndIsGivenNothing() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle().notOk("n1");
        cluster.apply(service("t").ranked("n1")).settle();

        assertThat(cluster.nodes("s")).containsExactly("n1");
        assertThat(cluster.nodes("t")).containsExactly("n2");
    }

    @Test
    void delete_forgetsTheNodeAndAllThatWasAskedOfIt_atOnce() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").planAll();
        cluster.reports("n1", "s", Verb.START, Outcome.FAILED).plan();
        cluster.ask(new Wish.Quiesce(N1));
        cluster.settle().down("n1").settle();

        assertThat(cluster.ask(new Wish.DeleteNode(N1)).verdict()).isEqualTo(Answer.Verdict.ACCEPTED);

        assertThat(cluster.view().membership().of(N1)).isEmpty();
        assertThat(cluster.assignment("s").failures()).isEmpty();
        assertThat(cluster.ask(new Wish.DeleteNode(N1)).verdict()).isEqualTo(Answer.Verdict.NOT_FOUND);
        cluster.up("n1").apply(service("t").ranked("n1")).settle();
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.JOINED);
        assertThat(cluster.state("t")).as("nothing is asked of it any more").isEqualTo("registered on n1");
    }

    @Test
    void delete_whileTheNodeLives_isRefused() {
        cluster.up("n1", "n2").settle();
        cluster.ask(new Wish.Leave(N1, false));

        assertThat(cluster.settle().ask(new Wish.DeleteNode(N1)))
                .extracting(Answer::verdict, Answer::message)
                .containsExactly(Answer.Verdict.REFUSED, "node n1 is up: stop its agent first");
        assertThat(cluster.member("n1")).isEqualTo(MemberPhase.INACTIVE);
    }

    @Test
    void delete_whileARecoveryIsOwed_isRefused() {
        cluster.apply(service("s").allow("n1").recovery())
                .up("n1", "n2")
                .settle()
                .down("n1")
                .settle();

        assertThat(cluster.ask(new Wish.DeleteNode(N1)))
                .extracting(Answer::verdict, Answer::message)
                .containsExactly(
                        Answer.Verdict.REFUSED,
                        "service s is still to be recovered from node n1: see `stead explain s`");

        cluster.apply(service("s").allow("n2").recovery()).settle();
        assertThat(cluster.ask(new Wish.DeleteNode(N1)).verdict()).isEqualTo(Answer.Verdict.ACCEPTED);
        assertThat(cluster.state("s")).isEqualTo("registered on n2");
    }

    @Test
    void delete_whileAnAssignmentCantBeRead_isRefused() {
        cluster.up("n1", "n2").settle().down("n1").settle();
        cluster.blurred(new Unreadable("/assignments/services/s", "no JSON", Optional.of(new ServiceName("s"))));

        assertThat(cluster.ask(new Wish.DeleteNode(N1)).message())
                .isEqualTo("service s may be still to be recovered from node n1: it is frozen:"
                        + " /assignments/services/s can't be read (no JSON)");
    }

    @Test
    void nodeThatHasBeenAwayForAWeek_isForgotten_unlessSomethingIsOwed() {
        cluster.apply(service("s").ranked("n1").allow("n1").recovery())
                .up("n1", "n2")
                .settle();
        cluster.down("n1", "n2").up("n3").settle();

        cluster.pass(Duration.ofDays(8)).settle();
        assertThat(cluster.view().membership().states().keySet())
                .extracting(NodeId::value)
                .containsExactly("n1", "n3");
    }
}
