package io.stead.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of the configuration names every key and flag, and none that there is not. */
class ConfigReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/configuration.md");

    /** The first cell of a row, in which names stand in backquotes. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|.*$");

    private static List<String> rows(Predicate<MatchResult> wanted) throws IOException {
        return ROW.matcher(Files.readString(REFERENCE))
                .results()
                .filter(wanted)
                .map(row -> row.group(1))
                .toList();
    }

    private static boolean isFlag(MatchResult row) {
        return row.group(1).startsWith("--");
    }

    @Test
    void everyKey_hasItsRow() throws IOException {
        List<String> keys =
                ConfigKeysTest.keys().stream().map(ConfigKeysTest.Key::name).toList();

        assertThat(rows(row -> !isFlag(row))).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void everyFlag_hasItsRow() throws IOException {
        List<String> flags = Arrays.stream(Flag.values()).map(Flag::toString).toList();

        assertThat(rows(ConfigReferenceTest::isFlag)).containsExactlyInAnyOrderElementsOf(flags);
    }

    @Test
    void keysThatHaveNoEffectYet_areThoseThatTheAgentWarnsOf() throws IOException {
        String everything = """
            http: 127.0.0.1:0
            addresses: {driver: record, interface: eth1, allow: [10.0.0.0/24], safety: fast}
            allow: {units: [a.service], ocf: ["heartbeat:a"], dns-keys: {a: /a}}
            control: [10.1.0.11]
            attributes: {rack: r1}
            """;

        assertThat(Ignored.keys(config(everything)))
                .containsExactlyInAnyOrderElementsOf(
                        rows(row -> !isFlag(row) && row.group().contains("*No effect yet.*")));
        assertThat(Ignored.keys(config("{}\n"))).isEmpty();
    }

    private static AgentConfig config(String yaml) throws IOException {
        Path file = Files.writeString(Files.createTempFile("agent", ".yaml"), yaml);
        try {
            List<String> args = List.of("--config", file.toString(), "--node", "n");
            return ((Parsed.Ready) Layers.resolve(args, new Surroundings(Map.of(), Path.of("/home/u"), false)))
                    .config();
        } finally {
            Files.delete(file);
        }
    }
}
