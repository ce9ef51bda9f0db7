package io.stead.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The agent of one node, a process that can be killed, frozen and started again with the data that it had. */
public final class AgentProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TERMINATED = 128 + 15;

    private final String node;
    private final List<String> before;
    private final List<String> arguments;
    private final Path log;
    private final Undertaker undertaker;
    private Process process;
    private boolean frozen;
    private int loggedBefore;

    /** @param before words before its own that take it to another host, and wait there for its end; or none */
    AgentProcess(String node, List<String> before, List<String> arguments, Path log, Undertaker undertaker) {
        this.node = node;
        this.before = before;
        this.arguments = arguments;
        this.log = log;
        this.undertaker = undertaker;
        this.process = launch();
    }

    public String node() {
        return node;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public boolean isFrozen() {
        return frozen;
    }

    /** Kills it without warning, as a crash does; what it has started lives on. */
    public void kill() {
        self().destroyForcibly();
        process.onExit().join();
        frozen = false;
    }

    /** Asks it to end, and waits until it has. */
    public void terminate() {
        beginTermination();
        awaitEnd();
    }

    /** Asks it to end. */
    public void beginTermination() {
        self().destroy();
    }

    /** Waits until it has ended by itself, and returns its exit code. */
    public int awaitEnd() {
        try {
            assertThat(process.waitFor(PATIENCE))
                    .as("the agent of %s ends within %s", node, PATIENCE)
                    .isTrue();
            // 143: by the signal it was asked with, which is how a JVM ends that does all it has to on the way.
            return process.exitValue() == TERMINATED ? 0 : process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void start() {
        loggedBefore = log().size();
        process = launch();
    }

    /** Starts another that takes over from the present one, and waits until that has ended. */
    public void replace() {
        Process old = process;
        loggedBefore = log().size();
        process = launch("--replace");
        await("the agent of " + node + " that is replaced ends")
                .atMost(PATIENCE)
                .until(() -> !old.isAlive());
        assertThat(old.exitValue()).as("its exit code").isEqualTo(TERMINATED);
    }

    /** Waits until the present process has logged this. */
    public void awaitLog(String words) {
        await(node + " logs " + words)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log().stream().skip(loggedBefore).anyMatch(line -> line.contains(words)));
    }

    /** Stops it where it stands. */
    public void freeze() {
        Distribution.freeze(self());
        frozen = true;
    }

    public void thaw() {
        Distribution.thaw(self());
        frozen = false;
    }

    /** The process that is the agent. */
    private ProcessHandle self() {
        return before.isEmpty()
                ? process.toHandle()
                : process.children().findFirst().orElseThrow(() -> new IllegalStateException("no agent of " + node));
    }

    /** Its log, by lines, of all its processes. */
    public List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch(String... more) {
        List<String> all = new ArrayList<>(List.of("agent", "--node", node));
        all.addAll(arguments);
        all.addAll(List.of(more));
        Process next = Distribution.start(log, Map.of(), before, all);
        undertaker.expect(next);
        return next;
    }
}
