package io.stead.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.schema.spec.Read;
import io.stead.schema.spec.SpecFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trial begins, it ends; and nothing else. */
final class ProcessesTest {
    private static final String NAME = "stead-dev-test";

    /** As an agent's warden: without a trace in its environment, known by its directory, and told to go by a file there. */
    private static final String WARDEN = """
        warden=$9/run/warden
        mkdir -p "$warden"
        setsid env -i PATH="$PATH" /bin/sh -c '
          echo "$$ 0 1" >"$0/warden.pid"
          while [ ! -e "$0/exit" ]; do sleep 0.1; done' "$warden" </dev/null >/dev/null 2>&1 &
        """;

    @TempDir
    Path dir;

    /** In the place of bin/stead: something that runs, and in the case of an agent runs something itself. */
    private Path launcher(String agent) throws IOException {
        Path file = dir.resolve("stead");
        Files.writeString(file, "#!/bin/sh\n[ \"$1\" = agent ] || exec sleep 600\n" + agent + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void end_leavesNothingBehind() throws Exception {
        TrialDirectory trial = TrialDirectory.at(dir.resolve("trial"));
        String service = "env -i STEAD_ACTION_FILE=" + trial.actions().resolve("hello") + " /bin/sleep 600 & wait";
        Processes processes = new Processes(launcher(service), trial, NAME, true);
        Process zookeeper = processes.zookeeper(2181);
        Process agent = processes.agent(new NodeId("n1"), "127.0.0.1:2181/stead");
        Process another = new ProcessBuilder("sleep", "600").start();
        try {
            assertThat(zookeeper.isAlive() && agent.isAlive()).isTrue();

            processes.end();

            assertThat(zookeeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(carriers(trial.root())).isEmpty();
            assertThat(trial.root()).doesNotExist();
            assertThat(another.isAlive()).isTrue();
        } finally {
            another.destroyForcibly();
            processes.end();
        }
    }

    /** @param before what becomes of the warden first: STOP stops it, CONT changes nothing */
    @ParameterizedTest
    @ValueSource(strings = {"CONT", "STOP"})
    void end_endsTheWardenOfAnAgentThatWasKilled(String before) throws Exception {
        TrialDirectory trial = TrialDirectory.at(dir.resolve("trial"));
        Processes processes = new Processes(launcher(WARDEN + "exec sleep 600"), trial, NAME, true);
        Process agent = processes.agent(new NodeId("n1"), "127.0.0.1:2181/stead");
        ProcessHandle warden = warden(trial.data(new NodeId("n1")));
        agent.destroyForcibly().waitFor();
        assertThat(new ProcessBuilder("kill", "-" + before, Long.toString(warden.pid()))
                        .start()
                        .waitFor())
                .isZero();

        processes.end();

        assertThat(warden.onExit().orTimeout(5, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(6));
        assertThat(trial.root()).doesNotExist();
    }

    @Test
    void end_endsAnAgentThatWasStopped() throws Exception {
        TrialDirectory trial = TrialDirectory.at(dir.resolve("trial"));
        Processes processes = new Processes(launcher("exec sleep 600"), trial, NAME, true);
        Process agent = processes.agent(new NodeId("n1"), "127.0.0.1:2181/stead");
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(agent.pid()))
                        .start()
                        .waitFor())
                .isZero();

        processes.end();

        assertThat(agent.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    private static ProcessHandle warden(Path data) throws Exception {
        Path file = data.resolve("run/warden/warden.pid");
        for (int i = 0; i < 100 && (!Files.exists(file) || Files.size(file) == 0); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        long pid = Long.parseLong(Files.readString(file).split(" ", -1)[0]);
        return ProcessHandle.of(pid).orElseThrow();
    }

    @Test
    void directoryOfTheCallersChoice_isKept() throws Exception {
        TrialDirectory trial = TrialDirectory.at(dir.resolve("trial"));
        Processes processes = new Processes(launcher("exec sleep 600"), trial, NAME, false);
        Process agent = processes.agent(new NodeId("n1"), "127.0.0.1:2181/stead");

        processes.end();

        assertThat(agent.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(trial.spec()).exists();
    }

    @Test
    void sampleSpec_isGood() throws IOException {
        TrialDirectory trial = TrialDirectory.at(dir.resolve("trial"));

        Read read = SpecFile.read("hello.yaml", Files.readString(trial.spec()));

        assertThat(read).isInstanceOfSatisfying(Read.Specs.class, specs -> {
            assertThat(specs.warnings()).isEmpty();
            assertThat(specs.values())
                    .singleElement()
                    .satisfies(s -> assertThat(s.name().value()).isEqualTo("hello"));
        });
    }

    @Test
    void sampleService_saysHelloUntilItIsStopped() throws Exception {
        TrialDirectory trial = TrialDirectory.at(dir.resolve("trial"));

        assertThat(hello(trial, "start")).isZero();
        for (int i = 0; i < 100 && !Files.exists(trial.hello()); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(Files.readString(trial.hello())).startsWith("hello from n1 at ");
        assertThat(hello(trial, "stop")).isZero();
        // Its last sleep outlives it; an agent would end that, too.
        for (int i = 0; i < 100 && !carriers(trial.root()).isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(carriers(trial.root())).isEmpty();
    }

    private static int hello(TrialDirectory trial, String action) throws Exception {
        Path file = trial.actions().resolve("hello");
        ProcessBuilder builder = new ProcessBuilder(file.toString());
        builder.environment().put("STEAD_ACTION", action);
        builder.environment().put("STEAD_ACTION_FILE", file.toString());
        builder.environment().put("STEAD_NODE", "n1");
        builder.environment().put("STEAD_PARAM_FILE", trial.hello().toString());
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void directoryThatIsNotEmpty_isLeftAlone() throws IOException {
        Path used = Files.createDirectory(dir.resolve("used"));
        Files.writeString(used.resolve("precious"), "");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> TrialDirectory.at(used)))
                .hasMessageContaining("is not empty");
    }

    private static String carriers(Path root) throws Exception {
        Process grep = new ProcessBuilder(
                        "/bin/sh", "-c", "grep -l -F \"$0/\" /proc/[0-9]*/environ 2>/dev/null", root.toString())
                .start();
        String found = new String(grep.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        grep.waitFor();
        return found;
    }
}
