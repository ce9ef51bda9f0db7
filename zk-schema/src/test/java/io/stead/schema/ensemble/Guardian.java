package io.stead.schema.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A shell that outlives this JVM by a moment: it kills the processes told to it, frozen ones too, and removes a directory, as soon
 * as its input ends. That is when it is closed, or when this JVM is gone, however it went.
 */
public final class Guardian implements AutoCloseable {
    private static final String SCRIPT = """
        trap '' HUP INT TERM
        pids=' '
        while read -r what pid; do
          case $what in
            +) pids="$pids$pid " ;;
            -) pids="${pids%% $pid *} ${pids#* $pid }" ;;
          esac
        done
        [ "$pids" = ' ' ] || kill -KILL $pids
        while [ -e "$1" ] && ! rm -rf "$1"; do sleep 0.1; done
        """;

    private final Process shell;
    private final Writer orders;

    /**
     * Starts it.
     *
     * @param directory to be removed at the end
     */
    public Guardian(Path directory) {
        try {
            shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "guardian", directory.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            orders = shell.outputWriter(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a process killed at the end. */
    public void watch(Process process) {
        tell("+ " + process.pid());
    }

    /** A process is over; its id may be another's by then. */
    public void forget(Process process) {
        tell("- " + process.pid());
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
