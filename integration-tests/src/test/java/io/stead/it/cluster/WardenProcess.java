package io.stead.it.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The warden of a node: found by the file that it writes, killed and stopped by the pid that stands there. */
public final class WardenProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;

    WardenProcess(Path directory) {
        this.directory = directory;
    }

    public long pid() {
        try {
            return Long.parseLong(
                    Files.readString(directory.resolve("warden.pid")).split(" ", -1)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void kill() {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    public void freeze() {
        Distribution.signal(pid(), "-STOP");
    }

    /** Puts something in the place of its program that can't be run, nor replaced, so that no other can be started. */
    public void barTheNext() {
        try {
            Files.delete(directory.resolve("warden.sh"));
            Files.createDirectories(directory.resolve("warden.sh/in-the-way"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes that away again. */
    public void letTheNextCome() {
        try {
            Files.delete(directory.resolve("warden.sh/in-the-way"));
            Files.delete(directory.resolve("warden.sh"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until another watches in the place of that one. */
    public void awaitOtherThan(long pid) {
        await("another warden").atMost(PATIENCE).until(() -> pid() != pid && lives(pid()));
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
