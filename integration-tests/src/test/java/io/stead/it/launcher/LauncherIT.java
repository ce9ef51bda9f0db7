package io.stead.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That {@code bin/stead} finds a JDK and the jars or builds them, sends each verb where it belongs, and passes the exit code on. */
final class LauncherIT {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BUILD_PATIENCE = Duration.ofMinutes(8);
    private static final Path HOME = Path.of(System.getProperty("stead.home")).normalize();
    private static final Path STEAD = HOME.resolve("bin/stead");

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

    @Test
    void withoutAJava25_oneLineSaysWhatToDo() throws Exception {
        Path older = Files.createDirectories(dir.resolve("older"));
        Files.writeString(older.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        install("readlink", Files.createDirectories(older.resolve("bin")).resolve("java"));
        Path path = Files.createDirectories(dir.resolve("path"));
        for (String name : List.of("bash", "readlink")) {
            install(name, path.resolve(name));
        }
        String host =
                "[ ! -d /usr/lib/jvm ] || mount -t tmpfs tmpfs /usr/lib/jvm; PATH=$0 JAVA_HOME=$1 exec \"$2\" --help";

        Ended ended = ended(
                PATIENCE,
                builder("unshare", "--mount", "sh", "-c", host, path.toString(), older.toString(), STEAD.toString()));

        assertThat(ended.exitCode()).isEqualTo(FAILED);
        assertThat(ended.stdout()).isEmpty();
        assertThat(ended.stderr()).hasLineCount(1).contains("no Java 25", "JAVA_HOME");
    }

    @Test
    void inACleanClone_itIsBuiltOnFirstUse_andOnlyThen() throws Exception {
        Path clone = dir.resolve("clone");
        assertThat(ended(PATIENCE, builder("git", "clone", "--quiet", HOME.toString(), clone.toString()))
                        .exitCode())
                .isZero();
        ProcessBuilder version = builder(clone.resolve("bin/stead").toString(), "--version");
        version.environment().remove("STEAD_NO_BUILD");

        Ended first = ended(BUILD_PATIENCE, version);
        Ended second = ended(PATIENCE, version);

        assertThat(first.exitCode()).as(first.stderr()).isZero();
        assertThat(first.stdout()).isEqualTo(stead("--version").stdout());
        assertThat(first.stderr()).contains("building");
        assertThat(second).isEqualTo(new Ended(0, first.stdout(), ""));
        startsFromItsCache(clone, version, first.stdout());
    }

    @Test
    void aTrainingThatIsKilled_takesItsServerWithIt() throws Exception {
        ProcessBuilder builder = builder(HOME.resolve("bin/train").toString());
        builder.environment().put("TMPDIR", dir.toString());
        builder.environment().put("STEAD_NO_BUILD", "1");
        Process training = builder.redirectErrorStream(true)
                .redirectOutput(dir.resolve("out").toFile())
                .start();
        try {
            ProcessHandle server = await().atMost(PATIENCE)
                    .until(() -> server(training), Optional::isPresent)
                    .orElseThrow();

            training.destroyForcibly();

            await().atMost(PATIENCE).until(() -> !server.isAlive());
        } finally {
            training.descendants().forEach(ProcessHandle::destroyForcibly);
            training.destroyForcibly();
        }
    }

    private static Optional<ProcessHandle> server(Process training) {
        return training.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("io.stead.schema.server.Main"))
                .findFirst();
    }

    /** A Java that insists on the cache starts; one that finds it damaged starts without it, and without a word. */
    private void startsFromItsCache(Path clone, ProcessBuilder version, String said) throws Exception {
        Path cache = clone.resolve("cli/target/stead-cli.aot");
        String insisting = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:AOTMode=on -XX:AOTCache=" + cache;
        version.environment().put("STEAD_CLI_OPTS", insisting);
        assertThat(ended(PATIENCE, version)).isEqualTo(new Ended(0, said, ""));

        Files.writeString(cache, "damaged");
        assertThat(ended(PATIENCE, version).exitCode()).as("insisting").isEqualTo(FAILED);
        version.environment().remove("STEAD_CLI_OPTS");
        assertThat(ended(PATIENCE, version)).isEqualTo(new Ended(0, said, ""));
    }

    private record Ended(int exitCode, String stdout, String stderr) {}

    /** Puts a command of this host there, too. */
    private void install(String name, Path there) throws Exception {
        String path = ended(PATIENCE, builder("sh", "-c", "command -v " + name)).stdout();
        Files.copy(Path.of(path.strip()), there, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private Ended stead(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(STEAD.toString()));
        command.addAll(List.of(args));
        return ended(PATIENCE, new ProcessBuilder(command));
    }

    private static ProcessBuilder builder(String... command) {
        return new ProcessBuilder(command);
    }

    private Ended ended(Duration patience, ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = dir.resolve("out");
        Path err = dir.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(patience))
                    .as("%s ended within %s", builder.command(), patience)
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
