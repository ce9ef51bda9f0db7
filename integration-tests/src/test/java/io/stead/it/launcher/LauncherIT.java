package io.stead.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That {@code bin/stead} finds a JDK and the jars, sends each verb where it belongs, and passes the exit code on. */
final class LauncherIT {

    private static final int USAGE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    @Test
    void help_isPrinted() throws Exception {
        Ended help = stead("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.stdout()).contains("Usage: stead");
        assertThat(help.stderr()).isEmpty();
    }

    @Test
    void version_isTheOneOfTheBuild() throws Exception {
        assertThat(stead("--version").stdout()).matches("stead [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
    }

    @Test
    void withoutAVerb_usageGoesToStderr() throws Exception {
        Ended bare = stead();

        assertThat(bare.exitCode()).isEqualTo(USAGE);
        assertThat(bare.stdout()).isEmpty();
        assertThat(bare.stderr()).contains("Usage: stead");
    }

    @Test
    void agent_withoutItsOptions_saysHowItIsCalled() throws Exception {
        Ended agent = stead("agent");

        assertThat(agent.exitCode()).isEqualTo(USAGE);
        assertThat(agent.stderr()).contains("stead agent");
    }

    private record Ended(int exitCode, String stdout, String stderr) {}

    private Ended stead(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("stead.home"), "bin", "stead").toString());
        command.addAll(List.of(args));
        Path out = dir.resolve("out");
        Path err = dir.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE))
                    .as("ended within %s", PATIENCE)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
