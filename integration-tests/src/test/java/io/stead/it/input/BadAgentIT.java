package io.stead.it.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Ended;
import io.stead.it.cluster.Operator;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.RawZooKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Agents that can't be: each ends with one clear line, and the one that runs already runs on with its service. */
final class BadAgentIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("2s", "n1");

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_FOUND = 3;
    private static final int REFUSED = 4;

    @Test
    void aSecondAgentOfTheSameNode_orWithTheSameData_isRefused() {
        Play shop = CLUSTER.stage().web("shop");
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        Operator.Command elsewhere =
                CLUSTER.operator().beginOnAnotherHost(agent("n1", Map.of("--data-dir", elsewhere("far"))));

        refused(agent("n1", Map.of("--data-dir", elsewhere("near"))), REFUSED, "another agent", "n1");
        refused(
                agent("n2", Map.of("--data-dir", value(CLUSTER.arguments("n1"), "--data-dir"))),
                REFUSED,
                "another agent",
                "data directory");
        leftNothing("n2");
        assertThat(Path.of(elsewhere("near"))).doesNotExist();
        told(elsewhere.ended(), REFUSED, "another agent", "n1", "--node");

        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        assertThat(CLUSTER.witness().where(shop)).containsExactly("n1");
        CLUSTER.awaitRegistered(shop, "n1");
    }

    @Test
    void anAgentThatFindsNoCluster_saysWhere() {
        refused(
                agent("n2", Map.of("--zk", CLUSTER.servers().connect() + "/elsewhere")),
                NOT_FOUND,
                "/elsewhere",
                "stead init");
    }

    /** After a power cut the servers may come up later than the agents do. */
    @Test
    void anAgentThatReachesNoServer_saysWhere_triesOn_andGoesWhenAsked() {
        Operator.Command waiting = CLUSTER.operator()
                .begin(agent("n2", Map.of("--zk", "127.0.0.1:1/stead")).toArray(String[]::new));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> waiting.complained().contains("zookeeper=unreachable servers=127.0.0.1:1"));
        assertThat(waiting.process().isAlive()).isTrue();

        waiting.interrupt();
        assertThat(waiting.ended().stderr()).doesNotContain("ERROR").contains("stop=asked running=[]");
    }

    @Test
    void anAgentWithOthersCredentials_isRefused() throws IOException {
        Path agents = CLUSTER.operator().credentials().resolve("agent.credentials");
        Path stranger = CLUSTER.copyOf(agents, "stranger");
        Files.writeString(stranger, Files.readString(stranger).replaceAll("(?m)^password=.*", "password=guessed"));
        Path operators = CLUSTER.operator().credentials().resolve("operator.credentials");

        refused(
                agent("n2", Map.of("--credentials", stranger.toString(), "--data-dir", elsewhere("mine"))),
                REFUSED,
                "does not let us in with " + stranger + ", which --credentials names: name the agents' credentials");
        refused(agent("n2", Map.of("--credentials", operators.toString())), REFUSED, "credentials");
        leftNothing("n2");
        assertThat(Path.of(elsewhere("mine"))).doesNotExist();
    }

    /** It could lead and not be able to write, or keep a session alive whose services are dead. */
    @Test
    @Tag("C4")
    void anAgentThatIsRestartedWithOthersCredentials_orForAnotherCluster_goesOnWithNothing() {
        Play shop = CLUSTER.stage().web("shop");
        CLUSTER.apply(shop);
        Path operators = CLUSTER.operator().credentials().resolve("operator.credentials");

        CLUSTER.agent("n1").kill();
        refused(agent("n1", Map.of("--credentials", operators.toString())), REFUSED, "does not let us in");
        refused(
                agent("n1", Map.of("--zk", CLUSTER.servers().connect() + "/elsewhere")),
                NOT_FOUND,
                "there is no cluster");

        CLUSTER.start("n1");
        CLUSTER.awaitJoined("n1");
        CLUSTER.awaitRegistered(shop, "n1");
    }

    @Test
    void anAgentWhoseCredentialsFileIsNoGood_isAMistake_asForTheCommandLine() throws IOException {
        Path garbled = CLUSTER.copyOf(CLUSTER.operator().credentials().resolve("agent.credentials"), "garbled");
        Files.writeString(garbled, "user=stead-agent\n");

        refused(
                agent("n2", Map.of("--credentials", garbled.toString())),
                USAGE,
                "have no password",
                "which --credentials names");
        CLUSTER.operator().stead("status", "--credentials", garbled.toString()).refused(USAGE, "have no password");
        refused(agent("n2", Map.of("--credentials", "/no/such")), USAGE, "no credentials at /no/such");
        CLUSTER.operator().stead("status", "--credentials", "/no/such").refused(USAGE, "no credentials at /no/such");
    }

    @Test
    void anAgentThatIsOlderThanTheStore_doesNotTouchIt() {
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during("/schema", s -> s.replace("\"version\":1", "\"version\":2"), () -> {
                refused(agent("n2", Map.of()), FAILED, "newer");
                assertThat(raw.children("/members")).containsExactly("n1");
            });
        }
    }

    private static void refused(List<String> arguments, int code, String... words) {
        told(CLUSTER.operator().stead(arguments.toArray(String[]::new)), code, words);
    }

    /** A start that is refused takes away again what it has made. */
    private static void leftNothing(String node) {
        String zk = CLUSTER.servers().connect();
        String cluster = value(CLUSTER.arguments(node), "--zk").substring(zk.length() + 1);
        assertThat(Path.of("/run/stead", cluster + "." + node)).doesNotExist();
    }

    /** One line of its own beside the log. */
    private static void told(Ended ended, int code, String... words) {
        assertThat(ended.exitCode()).as("exit code of %s", ended).isEqualTo(code);
        List<String> lines = ended.stderr()
                .lines()
                .filter(l -> l.startsWith("stead agent: "))
                .toList();
        assertThat(lines).as("complaints of %s", ended).hasSize(1);
        assertThat(lines.getFirst()).contains(words);
    }

    /** What an agent of that node is called with, but for some flags. */
    private static List<String> agent(String node, Map<String, String> others) {
        List<String> words = new ArrayList<>(List.of("agent", "--node", node));
        List<String> usual = CLUSTER.arguments(node);
        for (int i = 0; i < usual.size(); i += 2) {
            words.add(usual.get(i));
            words.add(others.getOrDefault(usual.get(i), usual.get(i + 1)));
        }
        return words;
    }

    private static String value(List<String> arguments, String flag) {
        return arguments.get(arguments.indexOf(flag) + 1);
    }

    private static String elsewhere(String name) {
        return CLUSTER.directory().resolve(name).toString();
    }
}
