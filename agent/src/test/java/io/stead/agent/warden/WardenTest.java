package io.stead.agent.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Cell;
import io.stead.agent.container.Containers;
import io.stead.agent.container.Grounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The warden kills at the deadline, not before, whatever has become of the agent. */
@ParameterizedClass
@EnumSource(Grounds.Kind.class)
@Timeout(60)
class WardenTest {
    /** Told early by this much at most: two roundings, a head start, and what a busy machine adds. */
    private static final Duration EARLY = Duration.ofMillis(200);

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Grounds.Kind kind;

    private Path directory;
    private Grounds grounds;
    private Containers containers;
    private Warden warden;
    private final List<Process> started = new ArrayList<>();

    WardenTest(Grounds.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open(@TempDir Path parent) throws IOException, InterruptedException {
        directory = parent.resolve("warden");
        grounds = new Grounds(kind, parent);
        containers = grounds.containers;
        warden = Warden.startOrAdopt(directory, containers);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        warden.stop();
        grounds.close();
    }

    @Test
    void itKillsAtTheDeadline_andNotBefore() throws Exception {
        Process service = service("web");
        Process bystander = service("other");
        long end = in(Duration.ofMillis(1500));
        warden.moveDeadline(end);
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));

        assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - end).isGreaterThan(-EARLY.toNanos());
        assertThat(bystander.isAlive()).isTrue();
        await().atMost(SOON).until(() -> warden.kills().size() == 1);
        String killed = warden.kills().getFirst();
        assertThat(killed)
                .contains(" web: killed, for this node's lease was over and had not been renewed (")
                .endsWith(" " + containers.whole("web") + ")");
        assertThat(Duration.between(Instant.parse(killed.substring(0, killed.indexOf(' '))), Instant.now()))
                .isBetween(Duration.ZERO, SOON);
        assertThat(warden.alive()).isTrue();
    }

    @Test
    void eachServiceHasItsGrace() throws Exception {
        Process web = service("web");
        Process db = service("db");
        long end = in(Duration.ofMillis(500));
        warden.moveDeadline(end);
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO), new Guarded("db", Duration.ofMillis(1500))));

        assertThat(web.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(db.isAlive()).isTrue();
        assertThat(db.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - end)
                .isGreaterThan(Duration.ofMillis(1500).minus(EARLY).toNanos());
        await().atMost(SOON).until(() -> warden.kills().size() == 2);
        assertThat(warden.kills().get(0)).contains(" web: killed, ").doesNotContain("stop-grace");
        assertThat(warden.kills().get(1)).contains(" db: killed, ").contains("and its stop-grace was over");
    }

    @Test
    void aDeadlineThatMoves_isFollowed() throws Exception {
        Process service = service("web");
        warden.moveDeadline(in(Duration.ofMillis(1500)));
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));
        long end = 0;
        for (int renewals = 0; renewals < 4; renewals++) {
            end = in(Duration.ofMillis(1500));
            warden.moveDeadline(end);
            assertThat(service.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - end).isGreaterThan(-EARLY.toNanos());
    }

    @Test
    void itOutlivesTheAgent_andKillsForIt() throws Exception {
        warden.stop();
        Process service = service("web");
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedAgent.class.getName(),
                        directory.toString(),
                        grounds.name(),
                        "3000")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long end;
        try (BufferedReader said = agent.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            end = in(Duration.ofSeconds(3));
        } finally {
            agent.destroyForcibly().waitFor();
        }

        assertThat(warden.alive()).isTrue();
        assertThat(service.isAlive()).isTrue();
        assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - end).isGreaterThan(Duration.ofSeconds(-1).toNanos());
    }

    @Test
    void whatComesUpAfterTheDeadline_isKilledToo() throws Exception {
        warden.moveDeadline(System.nanoTime());
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));
        Process late = service("web");
        assertThat(late.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRestartedAgent_adoptsIt() throws Exception {
        String before = Files.readString(directory.resolve("warden.pid"));
        Warden adopted = Warden.startOrAdopt(directory, containers);
        assertThat(adopted.alive()).isTrue();
        assertThat(Files.readString(directory.resolve("warden.pid"))).isEqualTo(before);
    }

    @Test
    void aSecondOne_cannotWatchTheSameDirectory() throws Exception {
        String program = directory.resolve("warden.sh").toString();
        Process second = new ProcessBuilder("/bin/sh", program, directory.toString(), "any", "").start();
        assertThat(second.waitFor()).isEqualTo(75);
        Files.createFile(directory.resolve("exit"));
        await().atMost(SOON).until(this::unlocked);
    }

    @Test
    void killed_itIsMissed_andAnotherTakesOverWhatItKnew() throws Exception {
        Process service = service("web");
        warden.moveDeadline(in(Duration.ofMillis(2500)));
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));
        process().destroyForcibly();
        await().atMost(SOON).until(() -> !warden.alive());

        warden.respawn();
        assertThat(warden.alive()).isTrue();
        assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopped_itIsMissed_andReplaced() throws Exception {
        long pid = process().pid();
        assertThat(new ProcessBuilder("/bin/kill", "-STOP", Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
        await().atMost(SOON).until(() -> !warden.alive());
        warden.respawn();
        assertThat(warden.alive()).isTrue();
        assertThat(process().pid()).isNotEqualTo(pid);
    }

    @Test
    void aWardenWhoseFileIsLost_isFound_andCanBeReplaced() throws Exception {
        ProcessHandle before = process();
        Files.delete(directory.resolve("warden.pid"));
        assertThat(warden.alive()).isTrue();

        warden.respawn();

        await().atMost(SOON).until(() -> !before.isAlive());
        assertThat(process().pid()).isNotEqualTo(before.pid());
        assertThat(warden.alive()).isTrue();
    }

    @Test
    void aServiceListedShortlyBeforeTheDeadline_isKilledAtIt() throws Exception {
        warden.respawn(); // it looks now, and each second from now on
        long end = in(Duration.ofMillis(2200));
        warden.moveDeadline(end);
        Process service = service("web");
        await().atMost(SOON)
                .until(() -> end - System.nanoTime() < Duration.ofMillis(150).toNanos());
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));

        assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - end).isLessThan(Duration.ofMillis(500).toNanos());
    }

    @Test
    void whatCannotBeKilled_isLoggedOnce() throws Exception {
        Process service = service("web");
        Path frozen = Files.createDirectory(Path.of("/sys/fs/cgroup/freezer/stead-test-" + UUID.randomUUID()));
        try {
            Files.writeString(frozen.resolve("cgroup.procs"), Long.toString(service.pid()));
            Files.writeString(frozen.resolve("freezer.state"), "FROZEN");
            warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));
            await().atMost(SOON).until(() -> !warden.kills().isEmpty());
            await().atMost(SOON)
                    .during(Duration.ofSeconds(1))
                    .until(() -> warden.kills().size() == 1);
        } finally {
            Files.writeString(frozen.resolve("freezer.state"), "THAWED");
            service.waitFor();
            await().atMost(SOON).ignoreExceptions().until(() -> Files.deleteIfExists(frozen));
        }
    }

    @Test
    void garbage_movesNothing() throws Exception {
        Process service = service("web");
        warden.moveDeadline(in(Duration.ofSeconds(30)));
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));
        await().atMost(SOON).during(Duration.ofMillis(1200)).until(service::isAlive);
        for (String garbage : List.of("", "x\n", "99 $(kill -9 $$)\n")) {
            Files.writeString(warden.deadlineFile(), garbage);
            assertThat(service.waitFor(1100, TimeUnit.MILLISECONDS))
                    .as("after %s", garbage)
                    .isFalse();
        }
    }

    @Test
    void itGoes_withItsDirectory() throws Exception {
        ProcessHandle process = process();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
        await().atMost(SOON).until(() -> !process.isAlive());
    }

    private ProcessHandle process() throws IOException {
        String pid = Files.readString(directory.resolve("warden.pid")).split(" ", 2)[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private boolean unlocked() throws IOException, InterruptedException {
        Path lock = directory.resolve("warden.lock");
        return new ProcessBuilder("flock", "-n", lock.toString(), "true")
                        .start()
                        .waitFor()
                == 0;
    }

    private static long in(Duration span) {
        return System.nanoTime() + span.toNanos();
    }

    /** A process in the cell of a service: in its cgroup, or with its cookie. */
    private Process service(String name) throws IOException {
        String cookie = UUID.randomUUID().toString().replace("-", "");
        Cell cell = containers.cell(name, Containers.START);
        cell.open(cookie);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", enter(cell) + "echo in; exec sleep 600");
        builder.environment().put("STEAD_COOKIE", cookie);
        Process process = builder.start();
        started.add(process);
        assertThat(process.inputReader().readLine()).isEqualTo("in");
        return process;
    }

    private static String enter(Cell cell) {
        return cell.kind().equals("cgroup") ? "echo 0 >" + cell.path() + "/cgroup.procs; " : "";
    }
}
