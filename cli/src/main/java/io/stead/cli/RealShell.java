package io.stead.cli;

import io.stead.cli.shell.Shell;
import io.stead.model.Now;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The shell that this process was called from. */
final class RealShell {
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private RealShell() {}

    static Shell open() {
        return new Shell(
                System.in,
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                isTerminal(1),
                isTerminal(2),
                System.getenv(),
                System.getProperty("user.name", "somebody") + "@" + host(),
                () -> new Now(Instant.now(), System.nanoTime()));
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), false);
    }

    /** {@link System#console} answers for input and output together; here each is asked for. */
    private static boolean isTerminal(int stream) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            // No /proc, no colours.
            return false;
        }
    }

    private static String host() {
        try {
            return Files.readString(HOST, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            // Only a word in the history: better a vague one than no command.
            return "localhost";
        }
    }
}
