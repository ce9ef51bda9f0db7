package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Operator;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Where a service may be, and by whose word it gets there: placement, registration, and nodes that take nothing new. */
final class PolicyIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("4s", "n1", "n2", "n3");

    private static final int REFUSED = 4;
    private static final String MANUAL = "register: manual, prefer: [n3], order: ranked";

    @Test
    @Tag("B24")
    void claimed_itIsRegisteredWhereItRuns_withoutItsStartCommand() {
        Play shop = CLUSTER.stage().web("shop").placed(MANUAL);
        CLUSTER.apply(shop);
        CLUSTER.startByHand(shop, "n2");

        CLUSTER.operator()
                .stead("register", shop.name(), "--node", "n2", "--started")
                .done();

        CLUSTER.awaitRegistered(shop, "n2");
        assertThat(CLUSTER.witness().where(shop)).containsExactly("n2");
        assertThat(startsByAgents(shop)).isEmpty();
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n1").done();
        CLUSTER.witness().awaitOn(shop, "n1");
        assertThat(CLUSTER.stage().begun(shop, "stop")).containsExactly("n2");
        assertThat(startsByAgents(shop)).containsExactly("n1");
    }

    @Test
    @Tag("B13")
    @Tag("B24")
    void manual_itWaitsForTheOperatorsWord_andIsThenPlacedAsItsSpecPrefers() {
        Play shop = CLUSTER.stage().web("shop").placed(MANUAL);
        CLUSTER.apply(shop);
        assertThat(CLUSTER.status().service(shop.name())).hasToString("deregistered []");
        assertThat(CLUSTER.status().service(shop.name()).reason()).contains("register: manual");
        assertThat(CLUSTER.witness().where(shop)).isEmpty();

        CLUSTER.operator().stead("register", shop.name()).done();

        CLUSTER.witness().awaitOn(shop, "n3");
        assertThat(startsByAgents(shop)).containsExactly("n3");
    }

    @Test
    @Tag("B12")
    void registeredByTwoOperatorsAtOnce_itIsRegisteredOnce_andEveryNodeLearnsOfThatOne() {
        CLUSTER.agent("n3").kill();
        Play shop = CLUSTER.stage().web("shop").with("notify").placed("register: manual");
        CLUSTER.apply(shop);

        List<Operator.Command> both = Stream.of("n1", "n2")
                .map(node -> CLUSTER.operator().begin("register", shop.name(), "--node", node))
                .toList();

        assertThat(both).extracting(c -> c.ended().exitCode()).containsExactlyInAnyOrder(0, REFUSED);
        String owner = CLUSTER.witness().awaitOnOne(shop);
        String other = CLUSTER.others(owner, "n3").getFirst();
        CLUSTER.stage().awaitBegun(shop, "notify", 1);
        CLUSTER.start("n3");
        CLUSTER.stage().awaitBegun(shop, "notify", 2);
        assertThat(CLUSTER.stage().begun(shop, "notify")).containsExactly(other, "n3");
        assertThat(CLUSTER.stage().calls(shop)).extracting(Stage.Call::holder).containsOnly(owner);
    }

    @Test
    @Tag("B13")
    void everywhere_itRunsOnEachNode_andOneThatComesBackRunsItToo() {
        Play shop = CLUSTER.stage().idle("shop").everywhere();
        CLUSTER.apply(shop);
        assertThat(CLUSTER.witness().where(shop)).containsExactly("n1", "n2", "n3");
        Set<Long> before = CLUSTER.witness().processes(shop, "n2");

        CLUSTER.agent("n1").kill();
        CLUSTER.awaitShown(
                "n1 lost",
                status -> assertThat(status.service(shop.name()).nodes()).containsExactlyInAnyOrder("n2", "n3"));
        CLUSTER.start("n1");

        CLUSTER.awaitShown(
                "n1 back",
                status -> assertThat(status.service(shop.name()).perNode())
                        .hasSize(3)
                        .allSatisfy((_, state) -> assertThat(state).isEqualTo("registered")));
        assertThat(CLUSTER.witness().where(shop)).containsExactly("n1", "n2", "n3");
        assertThat(CLUSTER.witness().processes(shop, "n2")).isEqualTo(before);
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactlyInAnyOrder("n1", "n2", "n3", "n1");
    }

    @Test
    @Tag("B13")
    void patterns_allowAndDenyTheNodesThatMatch() {
        Play shop = CLUSTER.stage().web("shop").placed("allow: [\"n*\"], deny: [\"*1\", \"x*\"], prefer: [n2, n3]");
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, "n2");

        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n1").refused(REFUSED, "n1", "denied");
        CLUSTER.operator().stead("transfer", shop.name()).done();

        CLUSTER.witness().awaitOn(shop, "n3");
        CLUSTER.operator().stead("transfer", shop.name()).done();
        CLUSTER.witness().awaitOn(shop, "n2");
    }

    @Test
    @Tag("B13")
    void unranked_anyPreferredNodeWillDo_beforeAllOthers() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n3, n2], order: unranked");
        CLUSTER.apply(shop);
        String first = CLUSTER.witness().awaitOnOne(shop);
        assertThat(first).isIn("n2", "n3");

        CLUSTER.agent(first).kill();

        String second = CLUSTER.witness().awaitElsewhere(shop, first);
        assertThat(second).isIn("n2", "n3");
        CLUSTER.agent(second).kill();
        CLUSTER.witness().awaitOn(shop, "n1");
    }

    @Test
    @Tag("B13")
    void aNodeThatIsDenied_keepsWhatItHas_andGetsItNoMore() {
        Play bare = CLUSTER.stage().web("shop");
        CLUSTER.apply(bare.placed("prefer: [n1]"));
        Set<Long> before = CLUSTER.witness().processes(bare, "n1");

        CLUSTER.apply(bare.placed("deny: [n1]"));

        assertThat(CLUSTER.witness().processes(bare, "n1")).isEqualTo(before);
        CLUSTER.operator().stead("transfer", bare.name()).done();
        CLUSTER.witness().awaitElsewhere(bare, "n1");
        CLUSTER.operator().stead("transfer", bare.name(), "--to", "n1").refused(REFUSED, "n1", "denied");
    }

    @Test
    @Tag("A10")
    void quiesced_aNodeKeepsWhatItHas_andTakesNothingNew_untilItIsResumed() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");

        CLUSTER.operator()
                .stead("node", "quiesce", "n1", "--reason", "new disks")
                .done();

        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n1]");
        CLUSTER.apply(depot);
        CLUSTER.witness().awaitElsewhere(depot, "n1");
        CLUSTER.operator().stead("transfer", depot.name(), "--to", "n1").refused(REFUSED, "n1", "new disks");
        assertThat(CLUSTER.status().node("n1"))
                .hasValueSatisfying(n -> assertThat(n.quiesced()).isTrue());
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        CLUSTER.operator().stead("node", "resume", "n1").done();
        CLUSTER.operator().stead("transfer", depot.name(), "--to", "n1").done();
        CLUSTER.witness().awaitOn(depot, "n1");
    }

    @Test
    @Tag("A10")
    @Tag("C11")
    void quiescedForAWhile_aNodeTakesAgainWhenThatIsOver() {
        CLUSTER.operator()
                .stead("node", "quiesce", "n1", "--expires", "4s", "--no-wait")
                .done();
        Play shop = CLUSTER.stage().web("shop").placed("allow: [n1]");

        CLUSTER.applyOnly(shop);

        CLUSTER.witness().awaitOn(shop, "n1");
        Instant until = Instant.parse(
                history("node n1", "quiesced until ").get("what").asString().replace("quiesced until ", ""));
        assertThat(at(history("service " + shop.name(), "assigned to n1"))).isAfterOrEqualTo(until);
        assertThat(CLUSTER.status().node("n1"))
                .hasValueSatisfying(n -> assertThat(n.quiesced()).isFalse());
    }

    /** The newest line of the history that tells this of a resource. */
    private static JsonNode history(String resource, String what) {
        JsonNode lines = CLUSTER.operator().stead("history", "-o", "json").json();
        return StreamSupport.stream(lines.spliterator(), false)
                .filter(l -> l.get("resource").asString().equals(resource)
                        && l.get("what").asString().startsWith(what))
                .reduce((_, newer) -> newer)
                .orElseThrow(() -> new AssertionError("nothing of " + resource + " " + what + " in " + lines));
    }

    private static Instant at(JsonNode line) {
        return Instant.parse(line.get("at").asString());
    }

    /** Where agents have begun to start it; what was started by hand has no generation. */
    private static List<String> startsByAgents(Play play) {
        return CLUSTER.stage().calls(play).stream()
                .filter(c -> c.began("start") && c.generation() > 0)
                .map(Stage.Call::node)
                .toList();
    }
}
