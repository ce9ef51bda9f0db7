package io.stead.agent.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernel's list of processes, read from {@code /proc}. What has ended meanwhile is simply absent. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /**
     * A process as {@code /proc/PID/stat} shows it.
     *
     * @param startTicks when it started, in ticks since boot: with the pid, an identity that no other process shares
     */
    public record Entry(long pid, String command, char state, long group, long session, long startTicks) {
        /** False for what has ended and only waits for its parent to notice. */
        public boolean lives() {
            return state != 'Z' && state != 'X';
        }
    }

    /** One process, also a zombie; empty if there is none. */
    public static Optional<Entry> find(long pid) {
        return read(pid, "stat").map(ProcessTable::parsed);
    }

    /** All that live. */
    public static List<Entry> living() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                find(Long.parseLong(process.getFileName().toString()))
                        .filter(Entry::lives)
                        .ifPresent(entries::add);
            }
        }
        return entries;
    }

    /** The arguments a process was started with, each followed by NUL, one char per byte; empty if they can't be read. */
    public static String arguments(long pid) {
        return read(pid, "cmdline").orElse("");
    }

    /** Whether a process belongs to this agent's user; anybody can give a process any arguments. */
    public static boolean isOurs(long pid) {
        try {
            Object self = Files.getAttribute(PROC.resolve("self"), "unix:uid");
            return self.equals(Files.getAttribute(PROC.resolve(Long.toString(pid)), "unix:uid"));
        } catch (IOException e) {
            return false; // it ended while we looked
        }
    }

    /** Whether a process was started with this {@code NAME=value}; false also where its environment may not be read. */
    static boolean startedWith(long pid, String variable) {
        return read(pid, "environ")
                .map(all -> ("\0" + all).contains("\0" + variable + "\0"))
                .orElse(false);
    }

    static Straggler straggler(long pid) {
        return find(pid)
                .map(entry -> new Straggler(pid, entry.command(), entry.state()))
                .orElseGet(() -> new Straggler(pid, "?", '?'));
    }

    private static Optional<String> read(long pid, String file) {
        try {
            return Optional.of(Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty(); // it ended while we looked, or it is not ours to read
        }
    }

    private static Entry parsed(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        String[] rest = stat.substring(close + 2).split(" ", -1);
        return new Entry(
                Long.parseLong(stat, 0, open - 1, 10),
                stat.substring(open + 1, close),
                rest[0].charAt(0),
                Long.parseLong(rest[2]),
                Long.parseLong(rest[3]),
                Long.parseLong(rest[19]));
    }
}
