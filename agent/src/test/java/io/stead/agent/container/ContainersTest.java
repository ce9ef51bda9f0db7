package io.stead.agent.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in a container is found and killed, whatever it does, and nothing else is. */
@ParameterizedClass
@EnumSource(Grounds.Kind.class)
@Timeout(60)
class ContainersTest {
    private static final Path FREEZER = Path.of("/sys/fs/cgroup/freezer");
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Grounds.Kind kind;

    private Grounds grounds;
    private Containers containers;
    private final List<Process> started = new ArrayList<>();

    ContainersTest(Grounds.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        grounds = new Grounds(kind, directory);
        containers = grounds.containers;
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        grounds.close();
    }

    @Test
    void aServiceNobodyKnows_isEmpty() throws Exception {
        assertThat(containers.services()).isEmpty();
        assertThat(containers.runs("web")).isEmpty();
        assertThat(containers.pids("web")).isEmpty();
        assertThat(containers.isEmpty("web")).isTrue();
        assertThat(containers.kill("web", LONG)).isEqualTo(new Killed.Ended());
        assertThat(containers.remove("web")).isTrue();
    }

    @Test
    void namesLikeTheKernelsFiles_areServicesLikeOthers() throws Exception {
        for (String name : List.of("cgroup.procs", "cgroup.kill", "memory.max", "start", "household", "a.tmp")) {
            run(name, "exec sleep 600");
            assertThat(containers.pids(name)).hasSize(1);
            assertThat(containers.kill(name, LONG)).isEqualTo(new Killed.Ended());
            assertThat(containers.services()).contains(name);
            assertThat(containers.remove(name)).isTrue();
        }
        assertThat(containers.services()).isEmpty();
    }

    @Test
    void manyProcesses_alsoOrphansInSessionsOfTheirOwn_areAllKilled() throws Exception {
        run(
                "web",
                "for i in 1 2 3 4 5 6 7 8; do (setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 1; done' &);"
                        + " done; exec sleep 600");
        await().atMost(LONG).until(() -> containers.pids("web").size() >= 17);
        Process other = run("other", "exec sleep 600");

        assertThat(containers.kill("web", LONG)).isEqualTo(new Killed.Ended());
        assertThat(containers.pids("web")).isEmpty();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void aZombie_isNoLife() throws Exception {
        Process parent = run("web", "sh -c 'exit 0' & exec sleep 600");
        await().atMost(LONG).until(() -> containers.pids("web").equals(List.of(parent.pid())));
    }

    @Test
    void oneRunIsKilled_withoutTheService() throws Exception {
        Process service = run("web", "exec sleep 600");
        Cell stop = containers.cell("web", "stop-7-1");
        Process stopping = runIn(stop, "exec sleep 600");
        assertThat(containers.runs("web")).containsExactly("start", "stop-7-1");
        assertThat(stop.kill(LONG)).isEqualTo(new Killed.Ended());
        assertThat(stop.remove()).isTrue();
        assertThat(stopping.waitFor()).isEqualTo(128 + 9);
        assertThat(service.isAlive()).isTrue();
        assertThat(containers.remove("web")).isFalse();
    }

    @Test
    void killOfAll_endsWhateverRunsForTheService() throws Exception {
        Process service = run("web", "exec sleep 600");
        Process stopping = runIn(containers.cell("web", "stop-7-1"), "exec sleep 600");
        Process notifying = runIn(containers.cell("web", "notify-5-1"), "exec sleep 600");
        Process other = run("other", "exec sleep 600");

        assertThat(containers.killAll("web", LONG)).isEqualTo(new Killed.Ended());
        for (Process each : List.of(service, stopping, notifying)) {
            assertThat(each.waitFor()).isEqualTo(128 + 9);
        }
        assertThat(containers.remove("web")).isTrue();
        assertThat(other.isAlive()).isTrue();
        assertThat(containers.killAll("nobody", LONG)).isEqualTo(new Killed.Ended());
    }

    @Test
    void whatCannotBeKilled_isNamed() throws Exception {
        Process service = run("web", "exec sleep 600");
        await().atMost(LONG)
                .until(() ->
                        ProcessTable.find(service.pid()).orElseThrow().command().equals("sleep"));
        Path frozen = Files.createDirectory(FREEZER.resolve("stead-test-" + UUID.randomUUID()));
        try {
            Files.writeString(frozen.resolve("cgroup.procs"), Long.toString(service.pid()));
            Files.writeString(frozen.resolve("freezer.state"), "FROZEN");
            await().atMost(LONG)
                    .until(() -> Files.readString(frozen.resolve("freezer.state"))
                            .strip()
                            .equals("FROZEN"));

            assertThat(containers.kill("web", Duration.ofMillis(300)))
                    .isEqualTo(new Killed.Remains(List.of(new Straggler(service.pid(), "sleep", 'D'))));
        } finally {
            Files.writeString(frozen.resolve("freezer.state"), "THAWED");
            service.waitFor();
            await().atMost(LONG).ignoreExceptions().until(() -> Files.deleteIfExists(frozen));
        }
        assertThat(containers.isEmpty("web")).isTrue();
    }

    /** While execve exchanges its program a process shows no environment, and so no cookie. */
    @Test
    void aProcessThatExchangesItsProgramAgainAndAgain_isSeenAllTheTime(@TempDir Path directory) throws Exception {
        Path again =
                Files.writeString(directory.resolve("again"), "test $1 = 0 && exec sleep 600; exec sh $0 $(($1 - 1))");
        Process service = run("web", "exec sh " + again + " 400");
        do {
            assertThat(containers.pids("web")).contains(service.pid());
        } while (!ProcessTable.find(service.pid()).orElseThrow().command().equals("sleep"));
    }

    @Test
    void anotherProcessWithTheRecordedNumber_isLeftAlone(@TempDir Path directory) throws Exception {
        Process stranger = new ProcessBuilder("setsid", "sleep", "600").start();
        started.add(stranger);
        Path record = directory.resolve("start");
        Files.writeString(record, "cookie 0123456789abcdef\ngroup " + stranger.pid() + " 1\n");
        await().atMost(LONG)
                .until(() -> ProcessTable.find(stranger.pid()).orElseThrow().session() == stranger.pid());

        Cell stale = new ProcessGroup(directory, "start");
        assertThat(stale.pids()).isEmpty();
        assertThat(stale.kill(LONG)).isEqualTo(new Killed.Ended());
        assertThat(stranger.isAlive()).isTrue();
    }

    private Process run(String service, String script) throws IOException {
        return runIn(containers.cell(service, Containers.START), script);
    }

    private Process runIn(Cell cell, String script) throws IOException {
        String cookie = UUID.randomUUID().toString().replace("-", "");
        cell.open(cookie);
        String enter = cell.kind().equals("cgroup") ? "echo 0 >" + cell.path() + "/cgroup.procs; " : "";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", enter + "echo in; " + script);
        builder.environment().put("STEAD_COOKIE", cookie);
        Process process = builder.start();
        started.add(process);
        assertThat(process.inputReader().readLine()).isEqualTo("in");
        return process;
    }
}
