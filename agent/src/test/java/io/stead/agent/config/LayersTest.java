package io.stead.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.agent.config.AgentConfig.Credentials;
import io.stead.model.NodeId;
import io.stead.schema.spec.ConnectString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {
    private static final Path HOME = Path.of("/home/u");

    @TempDir
    private Path directory;

    private Path file = Path.of("unset");

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(directory.resolve("agent.yaml"), """
            zookeeper: {connect: "file:1/f", session: 3s, tick: 200ms, credentials: /file/credentials}
            node: from-file
            data-dir: /file/data
            actions-dir: /file/actions
            http: 127.0.0.1:1
            leave-on-stop: true
            """);
    }

    @Test
    void flags_overrideTheFile() {
        AgentConfig config = ready(
                Map.of(),
                ("--config FILE --zk flag:2/g --session 4s --credentials /flag/credentials --node from-flag --data-dir"
                                + " /flag/data --actions-dir=/flag/actions --http [::1]:2 --leave-on-stop=false")
                        .split(" "));

        assertThat(config.zookeeper())
                .isEqualTo(new AgentConfig.Zookeeper(
                        ConnectString.parse("flag:2/g"),
                        Duration.ofSeconds(4),
                        Optional.of(Duration.ofMillis(200)),
                        AgentConfig.Outage.STRICT,
                        new Credentials(Path.of("/flag/credentials"), Optional.of("--credentials"))));
        assertThat(config.node()).isEqualTo(new NodeId("from-flag"));
        assertThat(config.dataDir()).isEqualTo(Path.of("/flag/data"));
        assertThat(config.actionsDir()).isEqualTo(Path.of("/flag/actions"));
        assertThat(config.http()).contains(new HostPort("::1", 2));
        assertThat(config.leaveOnStop()).isFalse();
    }

    @Test
    void environment_standsBetweenFlagsAndFile() {
        Map<String, String> environment = Map.of("STEAD_ZK", "env:3/e", "STEAD_CREDENTIALS", "/env/credentials");

        AgentConfig overFile = ready(environment, "--config", "FILE");
        AgentConfig underFlag = ready(environment, "--config", "FILE", "--zk", "flag:2/g", "--credentials", "/flag/c");

        assertThat(overFile.zookeeper().connect()).hasToString("env:3/e");
        assertThat(overFile.zookeeper().credentials())
                .isEqualTo(new Credentials(Path.of("/env/credentials"), Optional.of("STEAD_CREDENTIALS")));
        assertThat(overFile.zookeeper().credentials().shown())
                .isEqualTo("/env/credentials, which STEAD_CREDENTIALS names");
        assertThat(underFlag.zookeeper().connect()).hasToString("flag:2/g");
        assertThat(underFlag.zookeeper().credentials())
                .isEqualTo(new Credentials(Path.of("/flag/c"), Optional.of("--credentials")));
    }

    @Test
    void emptyVariable_isNone() {
        assertThat(ready(Map.of("STEAD_ZK", ""), "--config", "FILE").zookeeper().connect())
                .hasToString("file:1/f");
    }

    @Test
    void directoriesOfTheUser_followXdg_unlessRelative() {
        AgentConfig moved = ready(Map.of("XDG_STATE_HOME", "/s", "XDG_CONFIG_HOME", "/c"), "--node", "n");
        AgentConfig relative = ready(Map.of("XDG_STATE_HOME", "s", "XDG_CONFIG_HOME", "c"), "--node", "n");

        assertThat(moved.dataDir()).isEqualTo(Path.of("/s/stead/n"));
        assertThat(moved.zookeeper().credentials())
                .isEqualTo(new Credentials(Path.of("/c/stead/agent.credentials"), Optional.empty()));
        assertThat(relative.dataDir()).isEqualTo(HOME.resolve(".local/state/stead/n"));
    }

    @Test
    void root_keepsItsStateInVarLib() {
        assertThat(Layers.resolve(List.of("--node", "n"), new Surroundings(Map.of(), HOME, true)))
                .isInstanceOfSatisfying(
                        Parsed.Ready.class,
                        ready -> assertThat(ready.config().dataDir()).isEqualTo(Path.of("/var/lib/stead")));
    }

    @Test
    void help_namesEveryFlag() {
        assertThat(resolve(Map.of(), "--zk", "x:1", "-h")).isInstanceOfSatisfying(Parsed.Help.class, help -> {
            assertThat(help.text().lines()).allMatch(line -> line.length() <= 80);
            for (Flag flag : Flag.values()) {
                assertThat(help.text()).contains("  " + flag + " ");
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        --zk zk1:2181             | this node has no name: give --node ID, or node: ID in the file of --config
        --nod n                   | unknown flag "--nod": did you mean "--node"?
        n1                        | unknown flag "n1": use --zk, --node, --config, --data-dir, --actions-dir, --http, --session, --credentials, --leave-on-stop, --replace or --help
        --node                    | --node: give ID
        --node --zk x             | --node: give ID
        --node a --node b         | --node: given twice
        --node=                   | --node: node name "": use 1 to 63 of a-z 0-9 . _ -, beginning with a letter or digit
        --node n --session 2      | --session: duration "2": write a whole number with ms, s, m, h or d, such as 30s
        --node n --session 2m     | --session: duration "2m": use 1s to 1m
        --node n --zk zk1:0       | --zk: port 0: use 1 to 65535
        --node n --http 7070      | --http: "7070": write HOST:PORT, such as 127.0.0.1:7070
        --leave-on-stop=yes       | --leave-on-stop: "yes": use true or false
        --config /nowhere/x.yaml  | --config: there is no file /nowhere/x.yaml
        """)
    void badCommandLine_isRefusedInOneLine(String line, String message) {
        assertThat(resolve(Map.of(), line.split(" "))).isEqualTo(new Parsed.Refused(List.of(message)));
    }

    @Test
    void badVariable_isRefusedByItsName() {
        assertThat(resolve(Map.of("STEAD_ZK", "zk1:0"), "--node", "n"))
                .isEqualTo(new Parsed.Refused(List.of("STEAD_ZK: port 0: use 1 to 65535")));
    }

    @Test
    void badFile_isRefusedWithAllItsLines() throws IOException {
        Files.writeString(file, "nod: x\nzookeeper:\n  sessions: 2s\n---\nnode: y\n");

        assertThat(resolve(Map.of(), "--config", "FILE"))
                .isEqualTo(new Parsed.Refused(List.of(
                        file + ":1:1: unknown key \"nod\": did you mean \"node\"?",
                        file + ":3:3: zookeeper: unknown key \"sessions\": did you mean \"session\"?",
                        file + ":5:1: there is a second document: write all of it in one")));
    }

    @Test
    void fileNotInUtf8_isRefused() throws IOException {
        Files.write(file, "node: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(resolve(Map.of(), "--config", "FILE"))
                .isEqualTo(new Parsed.Refused(List.of("--config: " + file + " is not in UTF-8")));
    }

    @Test
    void emptyFile_leavesEverythingToFlagsAndDefaults() throws IOException {
        Files.writeString(file, "# nothing yet\n");

        assertThat(ready(Map.of(), "--config", "FILE", "--node", "n")).isEqualTo(ready(Map.of(), "--node", "n"));
    }

    private AgentConfig ready(Map<String, String> environment, String... args) {
        return switch (resolve(environment, args)) {
            case Parsed.Ready ready -> ready.config();
            case Parsed.Help help -> throw new AssertionError(help);
            case Parsed.Refused refused -> throw new AssertionError(refused.lines());
        };
    }

    private Parsed resolve(Map<String, String> environment, String... args) {
        List<String> real = new ArrayList<>(List.of(args));
        real.replaceAll(arg -> arg.equals("FILE") ? file.toString() : arg);
        return Layers.resolve(real, new Surroundings(environment, HOME, false));
    }
}
