package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Operator;
import io.stead.it.cluster.Play;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator looks, forecasts and keeps copies with; what they say is held against what really happens. */
final class ToolsIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("4s", "n1", "n2", "n3");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "json"})
    void exported_andImportedAgain_theServicesAreBack(String format) {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n2, n1], order: ranked, maturity: {count: 2}");
        Play depot = CLUSTER.stage().idle("depot").below(shop);
        CLUSTER.apply(shop, depot);
        String before = said("export");
        Path copy = CLUSTER.file(format.equals("yaml") ? before : said("export", "-o", format));
        CLUSTER.operator().stead("delete", "service", depot.name(), shop.name()).done();
        CLUSTER.witness().awaitNowhere(shop);

        CLUSTER.operator().stead("import", "-f", copy.toString(), "--wait").done();

        assertThat(said("export")).isEqualTo(before);
        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.witness().awaitOn(depot, "n2");
    }

    @Test
    @Tag("C6")
    void simulated_aNodeIsLost_andThatIsWhatHappensWhenItReallyIs() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1, n3], order: ranked");
        Play depot = CLUSTER.stage().web("depot").placed("allow: [n1]");
        CLUSTER.apply(shop, depot);
        Path exported = CLUSTER.file(said("export", "-o", "json"));

        JsonNode live = json("simulate", "--down", "n1");
        JsonNode offline = json("simulate", "--state", exported.toString(), "--down", "n1", "--zk", "127.0.0.1:1");

        for (JsonNode simulated : List.of(live, offline)) {
            assertThat(after(simulated, shop)).containsExactly("n3");
            assertThat(after(simulated, depot)).isEmpty();
            assertThat(reason(simulated, depot)).contains("n1: down");
        }
        assertThat(CLUSTER.witness().where(shop)).as("nothing has changed").containsExactly("n1");
        CLUSTER.agent("n1").kill();
        CLUSTER.witness().awaitOn(shop, "n3");
        CLUSTER.witness().awaitNowhere(depot);
    }

    @Test
    @Tag("C6")
    void simulated_aNodeComesBack_andThatIsWhatHappensWhenItReallyDoes() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1], order: ranked, transfer: free");
        CLUSTER.apply(shop);
        CLUSTER.agent("n1").kill();
        String refuge = CLUSTER.witness().awaitElsewhere(shop, "n1");
        CLUSTER.awaitRegistered(shop, refuge);
        Path exported = CLUSTER.file(said("export", "-o", "json"));

        assertThat(after(json("simulate", "--up", "n1"), shop)).containsExactly("n1");
        assertThat(after(json("simulate", "--state", exported.toString(), "--up", "n1"), shop))
                .containsExactly("n1");

        CLUSTER.start("n1");
        CLUSTER.witness().awaitOn(shop, "n1");
    }

    @Test
    @Tag("C6")
    void simulated_aNodeIsAdded_itTakesWhatNobodyElseMay() {
        Play shop = CLUSTER.stage().web("shop").placed("allow: [\"m*\"]");
        CLUSTER.applyOnly(shop);
        Path exported = CLUSTER.file(said("export", "-o", "json"));

        assertThat(after(json("simulate", "--add", "m1"), shop)).containsExactly("m1");
        assertThat(after(json("simulate", "--state", exported.toString(), "--add", "m1"), shop))
                .containsExactly("m1");

        assertThat(said("nodes")).doesNotContain("m1");
        assertThat(CLUSTER.witness().where(shop)).isEmpty();
    }

    @Test
    @Tag("C6")
    void explained_aNodeSaysWhatItRuns_andWhyItCannotRunTheRest() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("deny: [\"*1\"]");
        Play office = CLUSTER.stage().idle("office").placed("prefer: [n2]");
        CLUSTER.apply(shop, depot, office);

        JsonNode node = json("explain", "n1");

        assertThat(node.get("kind").asString()).isEqualTo("node");
        assertThat(node.get("state").asString()).isEqualTo("joined");
        assertThat(of(node, shop).get("state").asString()).isEqualTo("registered");
        assertThat(of(node, depot).get("able").asBoolean()).isFalse();
        assertThat(of(node, depot).get("why").asString()).contains("denied by the spec");
        assertThat(of(node, office).get("able").asBoolean()).isTrue();
        assertThat(of(node, office).get("why").asString()).contains("n2 is preferred");
        assertThat(said("explain", "node/n1"))
                .startsWith("n1 is joined\n")
                .contains(shop.name(), "denied by the spec", "n2 is preferred");
    }

    @Test
    void nodesAndServices_areListedAsTheyAre() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n3]");
        CLUSTER.apply(shop);
        CLUSTER.agent("n1").kill();
        CLUSTER.awaitShown(
                "n1 down", s -> assertThat(s.node("n1").orElseThrow().up()).isFalse());

        assertThat(line(said("nodes"), "n1")).contains("down");
        assertThat(line(said("nodes"), "n3")).contains("joined");
        assertThat(line(said("nodes"), CLUSTER.leader())).contains("leads");
        assertThat(line(said("services"), shop.name())).contains("registered", "n3", "one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"services", "history", "export"})
    void yaml_saysWhatJsonSays(String verb) {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n3]");
        CLUSTER.apply(shop);
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n1").done();

        JsonNode yaml = yaml(said(verb, "-o", "yaml"));

        JsonNode json = json(verb);
        assertThat(yaml.toString())
                .isEqualTo((verb.equals("export") ? json.get("specs").get(0) : json).toString());
    }

    @Test
    void followed_theHistoryIsToldAsItComes() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);
        Operator.Command following = CLUSTER.operator().begin("history", "--follow", "--last", "1", "-o", "json");
        await("the last line")
                .atMost(PATIENCE)
                .until(() -> following.said().lines().count() >= 1);

        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();

        await("the end of the transfer")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(following.said()).contains("registered on n2"));
        following.interrupt();
        List<String> told = following
                .said()
                .lines()
                .map(JSON::readTree)
                .map(JsonNode::toString)
                .toList();
        assertThat(each(json("history")).map(JsonNode::toString)).containsSequence(told.toArray(String[]::new));
    }

    private static String said(String... words) {
        return CLUSTER.operator().stead(words).done().stdout();
    }

    private static JsonNode json(String... words) {
        return CLUSTER.operator()
                .stead(Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new))
                .json();
    }

    private static JsonNode yaml(String text) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Where a service would be in the end. */
    private static List<String> after(JsonNode simulated, Play play) {
        return each(simulated.get("services").get(play.name()).get("after"))
                .map(JsonNode::asString)
                .toList();
    }

    private static String reason(JsonNode simulated, Play play) {
        return simulated.get("services").get(play.name()).get("reason").asString();
    }

    /** What a node that is explained says of a service. */
    private static JsonNode of(JsonNode node, Play play) {
        return each(node.get("services"))
                .filter(s -> s.get("service").asString().equals(play.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + play.name() + " in " + node));
    }

    /** The line of a table that begins with this word. */
    private static String line(String table, String word) {
        return table.lines()
                .filter(l -> l.startsWith(word + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + word + " in " + table));
    }
}
