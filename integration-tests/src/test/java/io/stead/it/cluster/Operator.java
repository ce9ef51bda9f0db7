package io.stead.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody at a terminal: runs {@code bin/stead} with the operator's credentials, and reads what it prints. Any thread. */
public final class Operator {
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final Path directory;
    private final Undertaker undertaker;
    private final Map<String, String> variables;
    private final AtomicInteger count = new AtomicInteger();

    Operator(Path directory, Undertaker undertaker, String connect) {
        this.directory = directory;
        this.undertaker = undertaker;
        this.variables = Map.of(
                "STEAD_ZK", connect,
                "HOME", directory.toString(),
                "XDG_CONFIG_HOME", directory.toString());
    }

    /** Where {@code stead init} writes and the other verbs look credentials up. */
    public Path credentials() {
        return directory.resolve("stead");
    }

    /** A command that has begun. */
    public record Command(List<String> arguments, Process process, Path out, Path err) {
        /** What it has printed so far. */
        public String said() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What it has logged or complained of so far. */
        public String complained() {
            try {
                return Files.readString(err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Asks it to end. */
        public void interrupt() {
            process.destroy();
        }

        public Ended ended() {
            try {
                assertThat(process.waitFor(PATIENCE))
                        .as("`stead %s` ends within %s", String.join(" ", arguments), PATIENCE)
                        .isTrue();
                return new Ended(arguments, process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    public Ended stead(String... arguments) {
        return begin(arguments).ended();
    }

    /** Begins a command and does not wait for it. */
    public Command begin(String... arguments) {
        return begin(List.of(), List.of(arguments));
    }

    /**
     * Begins a command as if on a host of its own: with another {@code /run}, and no cgroups to find others' processes in. Its
     * network is this host's.
     */
    public Command beginOnAnotherHost(List<String> arguments) {
        String host = "mount -t tmpfs tmpfs /run && umount -l " + Reality.mount() + " && exec \"$@\"";
        return begin(List.of("unshare", "--mount", "sh", "-c", host, "host"), arguments);
    }

    private Command begin(List<String> before, List<String> arguments) {
        Path base = directory.resolve("command-" + count.incrementAndGet());
        Path out = base.resolveSibling(base.getFileName() + ".out");
        Path err = base.resolveSibling(base.getFileName() + ".err");
        Process process = Distribution.start(out, err, variables, before, arguments);
        undertaker.expect(process);
        return new Command(arguments, process, out, err);
    }

    public Status status() {
        return new Status(stead("status", "-o", "json").json());
    }
}
