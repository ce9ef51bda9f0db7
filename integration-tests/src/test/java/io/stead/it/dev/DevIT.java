package io.stead.it.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trial comes up by one command, does what its guide promises, and goes without a trace, however it ends. */
final class DevIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path STEAD = Path.of(System.getProperty("stead.home"), "bin", "stead");

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void end_leavesNothingBehind(String signal) throws Exception {
        Process dev = start();
        try {
            Path trial = trial(dev);
            await().atMost(PATIENCE).until(() -> Files.exists(trial.resolve("hello.txt")));
            assertThat(carriers(trial)).isNotEmpty();

            run("kill", "-" + signal, Long.toString(dev.pid()));

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(trial).doesNotExist();
                assertThat(carriers(trial)).isEmpty();
            });
        } finally {
            end(dev);
        }
    }

    @Test
    @Tag("C6")
    void guide_isTrue() throws Exception {
        Process dev = start();
        try {
            Path trial = trial(dev);
            Map<String, String> variables =
                    Map.of("STEAD_ZK", word("STEAD_ZK=(\\S+)"), "STEAD_CREDENTIALS", word("STEAD_CREDENTIALS=(\\S+)"));

            assertThat(stead(variables, "status")).contains("registered  n1");
            assertThat(stead(variables, "transfer", "hello")).startsWith("hello is registered on n2 (was n1), ");
            assertThat(stead(variables, "explain", "hello")).contains("stays on n2, because its transfer is costly");
            assertThat(stead(variables, "simulate", "--down", "n2")).contains("registered on n1");
            assertThat(stead(variables, "transfer", "hello", "--to", "n1")).startsWith("hello is registered on n1");

            run("kill", "-9", word("kill -9 (\\d+)"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stead(variables, "status")).contains("registered  n2"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Files.readAllLines(trial.resolve("hello.txt"))
                                    .getLast())
                            .startsWith("hello from n2 at "));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(err()).contains("n1 is back"));
            assertThat(stead(variables, "history")).contains("node n1", "was forced out");
        } finally {
            end(dev);
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(STEAD.toString(), "dev", "--nodes", "2")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(dir.resolve("out").toFile())
                .redirectError(dir.resolve("err").toFile())
                .start();
    }

    /** Its directory, once the guide has been printed. */
    private Path trial(Process dev) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(dev.isAlive()).as(err()).isTrue();
            assertThat(Files.readString(dir.resolve("out"))).contains("Ctrl-C ends");
        });
        return Path.of(word("Logs are in (\\S+)\\."));
    }

    private String word(String pattern) {
        try {
            Matcher found = Pattern.compile(pattern).matcher(Files.readString(dir.resolve("out")));
            assertThat(found.find()).as(pattern).isTrue();
            return found.group(1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String err() throws IOException {
        return Files.readString(dir.resolve("err"));
    }

    private static String stead(Map<String, String> variables, String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(STEAD.toString());
        builder.command().addAll(List.of(words));
        builder.environment().putAll(variables);
        return output(builder.redirectErrorStream(true).start());
    }

    private static String carriers(Path trial) throws Exception {
        return output(new ProcessBuilder(
                        "/bin/sh", "-c", "grep -l -F \"$0/\" /proc/[0-9]*/environ 2>/dev/null", trial.toString())
                .start());
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static void end(Process dev) throws InterruptedException {
        dev.destroy();
        if (!dev.waitFor(PATIENCE)) {
            dev.destroyForcibly();
        }
    }
}
