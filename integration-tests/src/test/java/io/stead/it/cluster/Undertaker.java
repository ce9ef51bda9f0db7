package io.stead.it.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Ends what a test has started, however the test ended; what it does is in {@code undertaker.sh}. */
final class Undertaker implements AutoCloseable {
    private static final Path TOP = Path.of(System.getProperty("java.io.tmpdir"), "stead-it");
    private static final int PATIENCE_SECONDS = 15;

    private final Process shell;
    private final Writer orders;
    private final Path run;

    Undertaker() {
        try (InputStream script = Undertaker.class.getResourceAsStream("undertaker.sh")) {
            if (script == null) {
                throw new IllegalStateException("undertaker.sh is not on the class path");
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            shell = new ProcessBuilder("setsid", "/bin/sh", "-c", text, "undertaker", TOP.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            orders = shell.outputWriter(StandardCharsets.UTF_8);
            try (BufferedReader said = shell.inputReader(StandardCharsets.UTF_8)) {
                run = Path.of(String.valueOf(said.readLine()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory for the files of the test, which goes with everything else. */
    Path directory() {
        return run;
    }

    void expect(Process process) {
        expect(process.pid());
    }

    void expect(long pid) {
        tell("process " + pid);
    }

    void expectNode(Path cgroup, Path directory) {
        tell("node " + cgroup + " " + directory);
    }

    private void tell(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("something of " + run + " could not be ended: see its file orders");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
