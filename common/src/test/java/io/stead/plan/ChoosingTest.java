package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.spec.Policy;
import io.stead.testing.Cluster;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("B13")
final class ChoosingTest {
    private final Cluster cluster = new Cluster();

    @ParameterizedTest(name = "allow {0}, deny {1} of n1 n2 web1 web2: {2}")
    @CsvSource({
        "*, '', n1 n2 web1 web2",
        "web*, '', web1 web2",
        "n1 web2, '', n1 web2",
        "*, web*, n1 n2",
        "*1, n*, web1",
        "n1, n1, ''",
        "n9, '', ''",
        "*, *, ''",
    })
    void placement_allowsWhatIsAllowedAndNotDenied(String allow, String deny, String nodes) {
        String[] denied = deny.isEmpty() ? new String[0] : deny.split(" ");
        cluster.apply(service("s").allow(allow.split(" ")).deny(denied).onAll())
                .up("n1", "n2", "web1", "web2")
                .settle();

        assertThat(String.join(" ", cluster.nodes("s"))).isEqualTo(nodes);
    }

    @Test
    void nobodyAllowed_saysWhyNot_theNodesByTheirReasons() {
        cluster.apply(service("s").allow("n1", "n2").deny("n2")).up("n1", "n2", "n3", "n4", "n5", "n6", "n7");
        cluster.notOk("n1").settle();

        assertThat(cluster.reason("s"))
                .isEqualTo("no able node: n1: not ok by its own word; n2: denied by the spec; "
                        + "n3, n4, n5, n6 and 1 more: not among the allowed nodes");
    }

    @Test
    void ranked_takesTheBestThatIsAble() {
        cluster.apply(service("s").ranked("n3", "n1")).up("n1", "n2").settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void ranked_saysThePreferenceInTheReason() {
        cluster.apply(service("s").ranked("n3", "n1")).up("n1", "n2");
        cluster.plan();

        assertThat(cluster.reason("s"))
                .isEqualTo("n1 is best of 2 able nodes (preference 2, load 0, 0 services there)");
    }

    @Test
    void unranked_preferredNodesAreWeighedByLoad() {
        cluster.apply(service("s").unranked("n1", "n2", "n3")).up("n1", "n2", "n3", "n4");
        cluster.load("n1", 30).load("n2", 10).load("n3", 20).settle();

        assertThat(cluster.nodes("s")).containsExactly("n2");
    }

    @Test
    void unranked_anyPreferredNodeGoesBeforeAnIdleOne() {
        cluster.apply(service("s").unranked("n1")).up("n1", "n2").load("n1", 90).settle();

        assertThat(cluster.nodes("s")).containsExactly("n1");
    }

    @Test
    void ranked_preferenceGoesBeforeLoad() {
        cluster.apply(service("s").ranked("n1", "n2"))
                .up("n1", "n2")
                .load("n1", 90)
                .settle();

        assertThat(cluster.nodes("s")).containsExactly("n1");
    }

    @Test
    void equals_areSpreadEvenlyWithinOnePlan() {
        for (int i = 0; i < 12; i++) {
            cluster.apply(service("s" + i));
        }
        cluster.up("n1", "n2", "n3", "n4").settle();

        assertThat(cluster.spread()).isEqualTo(List.of(3L, 3L, 3L, 3L));
    }

    @Test
    void equals_areSpreadEvenlyOverSeveralPlans() {
        cluster.up("n1", "n2", "n3").settle();
        for (int i = 0; i < 9; i++) {
            cluster.apply(service("s" + i)).settle();
        }

        assertThat(cluster.spread()).isEqualTo(List.of(3L, 3L, 3L));
    }

    @Test
    void oneNodesServices_areSpreadOverAllSurvivors() {
        for (int i = 0; i < 12; i++) {
            cluster.apply(service("s" + i));
        }
        cluster.up("n1", "n2", "n3", "n4").settle().down("n4").settle();

        assertThat(cluster.spread()).isEqualTo(List.of(4L, 4L, 4L));
    }

    @Test
    void sameFacts_sameChoice() {
        cluster.up("n1", "n2", "n3").apply(service("a"), service("b"), service("c"));

        Plan once = Planner.plan(cluster.view(), cluster.seen(), cluster.now());
        Plan again = Planner.plan(cluster.view(), cluster.seen(), cluster.now());

        assertThat(again).isEqualTo(once);
    }

    @Test
    void denyingANode_movesNothingByItself() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();

        cluster.apply(service("s").ranked("n1").deny("n1")).settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void deniedNode_isNotGivenItsServiceAgain() {
        cluster.apply(service("s").deny("n1").ranked("n1")).up("n1", "n2").settle();

        assertThat(cluster.nodes("s")).containsExactly("n2");
    }

    @Test
    void policyAll_runsOnEveryAbleNodeAndOnThoseThatCome() {
        cluster.apply(service("s").onAll()).up("n1", "n2").settle().up("n3").settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1 n2 n3");
    }

    @Test
    void policyOneToAll_stopsTheOneBeforeItStartsAll() {
        cluster.apply(service("s")).up("n1", "n2").settle();
        String one = cluster.nodes("s").getFirst();

        cluster.apply(service("s").onAll()).planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on " + one);

        cluster.settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n1 n2");
    }

    @Test
    void policyAllToOne_stopsAllBeforeItStartsOne() {
        cluster.apply(service("s").onAll()).up("n1", "n2").settle();

        cluster.apply(service("s").policy(Policy.ONE)).planAll();
        assertThat(cluster.state("s")).isEqualTo("stopping on n1 n2");

        cluster.settle();
        assertThat(cluster.nodes("s")).hasSize(1);
    }

    @Test
    void weigh_listsAbleNodesBestFirstThenTheOthers() {
        cluster.apply(service("s").ranked("n3", "n2").deny("n4"))
                .up("n1", "n2", "n3", "n4")
                .settle();

        assertThat(Planner.weigh(cluster.view(), cluster.seen(), cluster.now(), new io.stead.model.ServiceName("s")))
                .extracting(w -> w.node().value())
                .containsExactly("n3", "n2", "n1", "n4");
    }
}
