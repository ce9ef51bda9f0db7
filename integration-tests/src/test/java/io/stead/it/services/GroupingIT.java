package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.Stage;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A parent, its child and its grandchild, in the order in which their actions have really run. */
@Tag("B16")
final class GroupingIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1", "n2", "n3");

    /** Three generations of a family. */
    private record Family(Play parent, Play child, Play grandchild) {
        static Family of(String placement, String... verbs) {
            Play parent = CLUSTER.stage().web("parent").with(verbs).placed(placement);
            Play child = CLUSTER.stage().idle("child").with(verbs).below(parent);
            Play grandchild = CLUSTER.stage().web("grandchild").with(verbs).below(child);
            CLUSTER.apply(parent, child, grandchild);
            return new Family(parent, child, grandchild);
        }

        List<Play> all() {
            return List.of(parent, child, grandchild);
        }

        /** Its calls from that one on, such as {@code start child end}. */
        List<String> calls(int from) {
            return CLUSTER.stage().calls().stream().skip(from).map(this::told).toList();
        }

        private String told(Stage.Call call) {
            return call.verb() + " " + call.service().replaceAll("-\\d+", "") + " " + call.end();
        }

        void awaitOn(String node) {
            all().forEach(p -> CLUSTER.witness().awaitOn(p, node));
            CLUSTER.awaitShown(
                    "the family on " + node,
                    status -> assertThat(all())
                            .allSatisfy(p ->
                                    assertThat(status.service(p.name())).hasToString("registered [" + node + "]")));
        }
    }

    private static final List<String> STARTS = List.of(
            "start parent begin", "start parent end",
            "start child begin", "start child end",
            "start grandchild begin", "start grandchild end");

    private static final List<String> STOPS = List.of(
            "stop grandchild begin", "stop grandchild end",
            "stop child begin", "stop child end",
            "stop parent begin", "stop parent end");

    @Test
    @Tag("B21")
    void transferred_theFamilyStopsFromBelow_andStartsFromAbove() {
        Family family = Family.of("prefer: [n1, n2], order: ranked");
        assertThat(family.calls(0)).isEqualTo(STARTS);

        CLUSTER.operator()
                .stead("transfer", family.parent().name(), "--to", "n2")
                .done();
        family.awaitOn("n2");

        assertThat(family.calls(STARTS.size()).subList(0, STOPS.size())).isEqualTo(STOPS);
        assertThat(family.calls(STARTS.size() + STOPS.size())).isEqualTo(STARTS);
    }

    @Test
    @Tag("B20")
    void agentKilled_theFamilyIsRecovered_andStartsTogetherElsewhere() {
        Family family = Family.of("prefer: [n1, n2], order: ranked", "recovery");

        CLUSTER.agent("n1").kill();
        family.awaitOn("n2");

        List<String> calls = family.calls(STARTS.size());
        assertThat(calls).filteredOn(c -> c.startsWith("start")).isEqualTo(STARTS);
        for (String member : List.of("parent", "child", "grandchild")) {
            assertThat(calls)
                    .filteredOn(c -> c.contains(" " + member + " "))
                    .startsWith("recovery " + member + " begin", "recovery " + member + " end");
        }
    }

    @Test
    void aChildMovesOnlyWithItsParent() {
        Family family = Family.of("prefer: [n1]");

        CLUSTER.operator()
                .stead("transfer", family.child().name(), "--to", "n2")
                .refused(4, family.child().name(), "its parent");

        family.awaitOn("n1");
    }

    @Test
    void aCriticalChildThatCannotStart_takesItsParentElsewhere() {
        Play parent = CLUSTER.stage().web("parent").placed("prefer: [n1, n2], order: ranked");
        Play child = CLUSTER.stage().idle("child").below(parent).key("critical: true");
        CLUSTER.stage().fail(child, "start", "n1");

        CLUSTER.apply(parent, child);

        CLUSTER.witness().awaitOn(parent, "n2");
        CLUSTER.witness().awaitOn(child, "n2");
        CLUSTER.awaitRegistered(child, "n2");
        assertThat(CLUSTER.stage().begun(child, "start")).containsExactly("n1", "n2");
    }

    @Test
    void aChildThatCannotStart_isTriedAgainWhereItsParentIs() {
        Play parent = CLUSTER.stage().web("parent").placed("prefer: [n1]");
        Play child = CLUSTER.stage().idle("child").below(parent);
        CLUSTER.stage().fail(child, "start");
        CLUSTER.applyOnly(parent, child);
        CLUSTER.stage().awaitBegun(child, "start", 2);
        CLUSTER.stage().mend(child, "start");

        CLUSTER.witness().awaitOn(child, "n1");
        CLUSTER.awaitRegistered(child, "n1");
        assertThat(CLUSTER.stage().begun(child, "start")).containsOnly("n1");
        assertThat(CLUSTER.stage().begun(parent, "start")).containsExactly("n1");
    }
}
