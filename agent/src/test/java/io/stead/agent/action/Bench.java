package io.stead.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.agent.container.Containers;
import io.stead.agent.container.Grounds;
import io.stead.agent.container.ProcessTable;
import io.stead.agent.program.Program;
import io.stead.agent.program.Programs;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host with an actions directory and a runner, for one test. */
final class Bench {
    static final ActionRunner.Limits LIMITS =
            new ActionRunner.Limits(Duration.ofMillis(300), Duration.ofSeconds(5), 64 << 10);

    final Path directory;
    final Path etc;
    final Path actions;
    final Path leaseFile;
    final Containers containers;
    final Grounds grounds;
    private ActionRunner runner;

    Bench(Grounds.Kind kind, Path directory) throws IOException {
        this.directory = directory.toRealPath();
        this.etc = Files.createDirectory(this.directory.resolve("etc"));
        this.actions = Files.createDirectory(etc.resolve("actions.d"));
        this.leaseFile = this.directory.resolve("lease");
        this.grounds = new Grounds(kind, this.directory);
        this.containers = grounds.containers;
        this.runner = newRunner();
    }

    ActionRunner runner() {
        return runner;
    }

    /** As an agent that was restarted. */
    void restart() throws IOException {
        runner.close();
        runner = newRunner();
    }

    private ActionRunner newRunner() throws IOException {
        return new ActionRunner(
                directory.resolve("data"), Programs.of(actions), containers, Optional.of(leaseFile), LIMITS);
    }

    /** A shell script as an action. */
    Path script(String name, String... lines) throws IOException {
        Path file = actions.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A file of this test, for scripts to write to. */
    Path file(String name) {
        return directory.resolve(name);
    }

    ActionCall call(Verb verb, String file) {
        return call(verb, file, Duration.ofSeconds(20));
    }

    ActionCall call(Verb verb, String file, Duration timeout) {
        return new ActionCall(
                "web",
                verb,
                7,
                1,
                new Program.File(file),
                Map.of(),
                List.of(),
                timeout,
                false,
                "n1",
                "n2",
                7,
                Map.of());
    }

    ActionCall generation(long generation, Verb verb, String file) {
        Duration timeout = Duration.ofSeconds(20);
        return new ActionCall(
                "web",
                verb,
                generation,
                1,
                new Program.File(file),
                Map.of(),
                List.of(),
                timeout,
                false,
                "n1",
                "n2",
                7,
                Map.of());
    }

    ActionOutcome run(Verb verb, String file) throws InterruptedException {
        return runner.run(call(verb, file));
    }

    String output() throws IOException {
        return Files.readString(runner.output("web"));
    }

    /** Whether a process that wrote its pid into a file of this test lives. */
    boolean lives(String pidFile) throws IOException {
        Path file = file(pidFile);
        assertThat(file).exists();
        return ProcessTable.find(Long.parseLong(Files.readString(file).strip()))
                .filter(ProcessTable.Entry::lives)
                .isPresent();
    }

    public void close() throws IOException, InterruptedException {
        runner.close();
        grounds.close();
    }
}
