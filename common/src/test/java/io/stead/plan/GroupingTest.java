package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.request.Wish;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.model.view.Unreadable;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B16")
final class GroupingTest {
    private final Cluster cluster = new Cluster();

    private Cluster grouping() {
        return cluster.apply(
                service("p").ranked("n1"),
                service("c").parent("p"),
                service("d").parent("c"));
    }

    @Test
    void children_startOneAfterTheOtherWhereTheParentIs() {
        grouping().up("n1", "n2").planAll();
        assertThat(cluster.nodes("c")).isEmpty();
        assertThat(cluster.reason("c")).isEqualTo("waiting for its parent p to be registered");

        cluster.reports("n1", "p", Verb.START, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("c")).isEqualTo("starting on n1");
        assertThat(cluster.nodes("d")).isEmpty();

        cluster.reports("n1", "c", Verb.START, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("d")).isEqualTo("starting on n1");
    }

    @Test
    void children_stopDeepestFirst() {
        grouping().up("n1").settle();

        cluster.ask(new Wish.Deregister(new ServiceName("p")));
        cluster.planAll();
        assertThat(cluster.state("p")).isEqualTo("registered on n1");
        assertThat(cluster.state("c")).isEqualTo("registered on n1");
        assertThat(cluster.state("d")).isEqualTo("stopping on n1");
        assertThat(cluster.reason("p")).isEqualTo("waiting until c has stopped");

        cluster.reports("n1", "d", Verb.STOP, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("c")).isEqualTo("stopping on n1");
        assertThat(cluster.state("p")).isEqualTo("registered on n1");

        cluster.reports("n1", "c", Verb.STOP, Outcome.SUCCEEDED).planAll();
        assertThat(cluster.state("p")).isEqualTo("stopping on n1");
    }

    @Test
    void transferOfTheParent_takesTheWholeGroupingAlong() {
        grouping().up("n1", "n2").settle();

        cluster.ask(new Wish.Transfer(new ServiceName("p"), Optional.empty()));
        cluster.settle();

        assertThat(cluster.nodes("p")).containsExactly("n2");
        assertThat(cluster.nodes("c")).containsExactly("n2");
        assertThat(cluster.nodes("d")).containsExactly("n2");
    }

    @Test
    void lostNode_takesTheWholeGroupingElsewhere() {
        grouping().up("n1", "n2").settle().down("n1").settle();

        assertThat(cluster.nodes("p")).containsExactly("n2");
        assertThat(cluster.nodes("d")).containsExactly("n2");
    }

    @Test
    void lostNode_parentStartsOnlyAfterItsChildrenAreRecovered() {
        cluster.apply(service("p").ranked("n1"), service("c").parent("p").recovery())
                .up("n1", "n2")
                .settle()
                .down("n1")
                .planAll();
        assertThat(cluster.nodes("p")).isEmpty();
        assertThat(cluster.reason("p")).isEqualTo("waiting until c has been recovered");

        cluster.settle();
        assertThat(cluster.nodes("c")).containsExactly("n2");
    }

    @Test
    void failedChild_isRetriedInPlace() {
        grouping()
                .up("n1", "n2")
                .planAll()
                .reports("n1", "p", Verb.START, Outcome.SUCCEEDED)
                .planAll();

        cluster.reports("n1", "c", Verb.START, Outcome.FAILED).planAll();
        assertThat(cluster.state("c")).isEqualTo("deregistered");
        assertThat(cluster.reason("c")).contains("next try there in 1s");

        cluster.pass(Duration.ofSeconds(1)).planAll();
        assertThat(cluster.state("c")).isEqualTo("starting on n1");
        assertThat(cluster.state("p")).isEqualTo("registered on n1");
    }

    @Test
    void failedCriticalChild_movesItsParent() {
        cluster.apply(service("p").ranked("n1"), service("c").parent("p").critical())
                .up("n1", "n2")
                .planAll()
                .reports("n1", "p", Verb.START, Outcome.SUCCEEDED)
                .planAll()
                .reports("n1", "c", Verb.START, Outcome.FAILED)
                .planAll();
        assertThat(cluster.state("p")).isEqualTo("stopping on n1 T");

        cluster.settle();
        assertThat(cluster.state("p")).isEqualTo("registered on n2");
        assertThat(cluster.state("c")).isEqualTo("registered on n2");
    }

    @Test
    @Tag("C11")
    void criticalChild_isRestartedBesideItsParentAsOftenAsItsPolicySays() {
        cluster.apply(
                        service("p").ranked("n1"),
                        service("c").parent("p").critical().failures(1, Optional.empty()))
                .up("n1", "n2")
                .planAll()
                .reports("n1", "p", Verb.START, Outcome.SUCCEEDED)
                .planAll()
                .reports("n1", "c", Verb.START, Outcome.FAILED)
                .planAll();
        assertThat(cluster.state("p")).isEqualTo("registered on n1");

        cluster.pass(Duration.ofSeconds(2))
                .planAll()
                .reports("n1", "c", Verb.START, Outcome.FAILED)
                .planAll();
        assertThat(cluster.state("p")).isEqualTo("stopping on n1 T");
        assertThat(cluster.reason("p")).isEqualTo("it is to stop on n1: a critical child failed: c: exit 1");
        assertThat(cluster.settle().state("c")).isEqualTo("registered on n2");
        assertThat(cluster.assignment("c").failures()).isEmpty();
        assertThat(cluster.assignment("p").failures())
                .singleElement()
                .satisfies(f -> assertThat(f.detail()).isEqualTo("a critical child failed: c: exit 1"));
    }

    @Test
    void parentOnAll_hasItsChildBesideEach() {
        cluster.apply(service("p").onAll(), service("c").parent("p"))
                .up("n1", "n2")
                .settle();

        assertThat(cluster.state("c")).isEqualTo("registered on n1 n2");
    }

    @Test
    void childDeregistered_leavesItsParentAlone() {
        grouping().up("n1").settle();

        cluster.ask(new Wish.Deregister(new ServiceName("c")));
        cluster.settle();

        assertThat(cluster.state("p")).isEqualTo("registered on n1");
        assertThat(cluster.state("c")).isEqualTo("deregistered");
        assertThat(cluster.state("d")).isEqualTo("deregistered");
    }

    @Test
    void parentAndChildDeletedTogether_childStopsFirst() {
        grouping().up("n1").settle().delete("p", "c", "d").planAll();
        assertThat(cluster.state("p")).isEqualTo("registered on n1");
        assertThat(cluster.state("c")).isEqualTo("registered on n1");
        assertThat(cluster.state("d")).isEqualTo("stopping on n1");

        cluster.settle();
        assertThat(cluster.nodes("p")).isEmpty();
        assertThat(cluster.nodes("d")).isEmpty();
    }

    @Test
    void parentDeletedAlone_takesItsChildrenDown() {
        grouping().up("n1").settle().delete("p").settle();

        assertThat(cluster.nodes("p")).isEmpty();
        assertThat(cluster.nodes("c")).isEmpty();
        assertThat(cluster.reason("c")).isEqualTo("misplaced: the parent p of c is not defined");
    }

    @Test
    void childOfAnUnknownParent_isNotStarted() {
        cluster.apply(service("c").parent("nobody")).up("n1").settle();

        assertThat(cluster.nodes("c")).isEmpty();
        assertThat(cluster.reason("c")).isEqualTo("misplaced: the parent nobody of c is not defined");
    }

    @Test
    void ringOfParents_isLeftAsItIs() {
        cluster.apply(service("a"), service("b").parent("a")).up("n1").settle();

        cluster.apply(service("a").parent("b")).settle();

        assertThat(cluster.state("a")).isEqualTo("registered on n1");
        assertThat(cluster.state("b")).isEqualTo("registered on n1");
        assertThat(cluster.reason("a")).isEqualTo("misplaced: its line of parents is a ring: a -> b -> a");
    }

    @Test
    void childGivenAnotherParent_stopsAndStartsBeneathThatOne() {
        cluster.apply(
                        service("p").ranked("n1"),
                        service("q").ranked("n2"),
                        service("c").parent("p"))
                .up("n1", "n2")
                .settle();

        cluster.apply(service("c").parent("q")).settle();

        assertThat(cluster.state("c")).isEqualTo("registered on n2");
    }

    @Test
    void childGivenAnotherParentOnTheSameNode_doesNotKeepTheOldOneFromStopping() {
        cluster.apply(service("p"), service("q"), service("c").parent("p"))
                .up("n1")
                .settle();

        cluster.apply(service("c").parent("q")).delete("p").settle();

        assertThat(cluster.nodes("p")).isEmpty();
        assertThat(cluster.owner("c").orElseThrow().parent()).contains(new ServiceName("q"));
    }

    @Test
    void parentThatCantBeRead_keepsItsChildren() {
        grouping().up("n1").settle();

        cluster.delete("c").blurred(new Unreadable("/specs/services/c", "no JSON", Optional.of(new ServiceName("c"))));
        cluster.settle();

        assertThat(cluster.state("c")).isEqualTo("registered on n1");
        assertThat(cluster.state("d")).isEqualTo("registered on n1");
    }

    @Test
    void childThatCantBeRead_keepsItsParentFromStopping() {
        grouping().up("n1").settle();

        cluster.blurred(new Unreadable("/assignments/services/c", "no JSON", Optional.of(new ServiceName("c"))));
        cluster.ask(new Wish.Deregister(new ServiceName("p")));
        cluster.settle();

        assertThat(cluster.state("p")).isEqualTo("registered on n1");
    }

    @Test
    void childThatWaitsForItsParentInVain_isTakenBack() {
        grouping()
                .up("n1")
                .planAll()
                .reports("n1", "p", Verb.START, Outcome.SUCCEEDED)
                .planAll();
        assertThat(cluster.state("c")).isEqualTo("starting on n1");
        long generation = cluster.owner("p").orElseThrow().generation();

        cluster.ask(new Wish.Deregister(new ServiceName("c")));
        cluster.facts()
                .hold(new Holding(
                        new ServiceName("p"), new NodeId("n1"), cluster.life("n1"), generation, HoldingState.STOPPED));
        cluster.planAll();

        assertThat(cluster.state("c")).isEqualTo("stopping on n1");
    }

    @Test
    void childOfAParentOnAll_waitsUntilItsExclusiveFormerSelfIsGone() {
        cluster.apply(
                        service("p").ranked("n1").stopGrace(Duration.ofMinutes(1)),
                        service("c").parent("p"))
                .up("n1", "n2")
                .settle();
        cluster.apply(service("p").onAll(), service("c").parent("p").stopGrace(Duration.ofMinutes(1)))
                .settle();
        assertThat(cluster.state("c")).isEqualTo("registered on n1 n2");
    }

    @Test
    void nothingIsStartedBeneathANodeThatIsForcedOut() {
        grouping().up("n1").planAll().reports("n1", "p", Verb.START, Outcome.SUCCEEDED);

        cluster.ask(new Wish.ForceLeave(new io.stead.model.NodeId("n1")));
        cluster.planAll();

        assertThat(cluster.nodes("c")).isEmpty();
    }
}
