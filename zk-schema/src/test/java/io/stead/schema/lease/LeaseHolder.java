package io.stead.schema.lease;

import io.stead.schema.ensemble.JavaProcess;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A process that does nothing but keep a lease and say where its end is, so that a test can stall it as a whole. It exits when its
 * input ends. Monotonic time is the kernel's, the same for all processes of a host.
 */
final class LeaseHolder implements AutoCloseable {
    private final Process process;
    private final List<Long> endNanos = new CopyOnWriteArrayList<>();
    private final List<String> over = new CopyOnWriteArrayList<>();

    /** The child's side: connect string, session time-out and tick in milliseconds, path. */
    public static void main(String[] args) throws IOException {
        Session session = Session.open(new Session.Settings(
                args[0], Duration.ofMillis(Long.parseLong(args[1])), Credentials.OPEN, Optional.empty()));
        LeaseKeeper keeper = new LeaseKeeper(
                session.znodes(),
                args[3],
                session::saved,
                Duration.ofMillis(Long.parseLong(args[2])),
                System::nanoTime,
                new LeaseKeeper.Listener() {
                    @Override
                    public void moved(long nanos) {
                        say("end " + nanos);
                    }

                    @Override
                    public void answered() {
                        session.trust();
                    }

                    @Override
                    public void unanswered() {
                        session.doubt();
                    }

                    @Override
                    public void over(LeaseKeeper.Over why) {
                        say("over " + why);
                    }
                });
        session.onChange(keeper::look);
        keeper.start();
        while (System.in.read() >= 0) {
            // Nobody says anything.
        }
        Runtime.getRuntime().halt(0);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    LeaseHolder(String connect, Duration timeout, Duration tick, String path) {
        try {
            process = new ProcessBuilder(JavaProcess.command(
                            LeaseHolder.class.getName(),
                            connect,
                            Long.toString(timeout.toMillis()),
                            Long.toString(tick.toMillis()),
                            path))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    Process process() {
        return process;
    }

    /** How often the lease has been moved. */
    int moves() {
        return endNanos.size();
    }

    /** The end as it was said last. */
    long endNanos() {
        return endNanos.getLast();
    }

    List<String> over() {
        return over;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("end ")) {
                    endNanos.add(Long.parseLong(line.substring(4)));
                } else {
                    over.add(line.substring(5));
                }
            }
        } catch (IOException e) {
            // The process was killed.
            over.add("killed");
        }
    }
}
