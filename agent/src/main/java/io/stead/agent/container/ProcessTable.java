package io.stead.agent.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The kernel's list of processes, read from {@code /proc}. What has ended meanwhile is simply absent. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /** The places of fields 9, 26, 50 and 51 of proc_pid_stat(5), counted from the state, which is the third. */
    private static final int FLAGS = 6;

    private static final int START_CODE = 23;
    private static final int ENV_START = 47;
    private static final int ENV_END = 48;

    /** PF_KTHREAD of the kernel's {@code sched.h}. */
    private static final long KERNEL_THREAD = 0x0020_0000;

    private static final int EXCHANGE_LOOKS = 100;
    private static final long EXCHANGE_PAUSE_NANOS = 1_000_000;

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

    /**
     * Whether a process was started with this {@code NAME=value}; false also where its environment may not be read. While
     * the kernel exchanges a process's program (execve(2)) it shows none, or a part of it, so that is read again.
     */
    static boolean startedWith(long pid, String variable) {
        Optional<String> environment = read(pid, "environ");
        for (int look = 0; look < EXCHANGE_LOOKS && !isWhole(environment, pid); look++) {
            LockSupport.parkNanos(EXCHANGE_PAUSE_NANOS);
            environment = read(pid, "environ");
        }
        return environment
                .map(all -> ("\0" + all).contains("\0" + variable + "\0"))
                .orElse(false);
    }

    /** Whether the kernel says the same length; execve sets the start of the code after the environment. */
    private static boolean isWhole(Optional<String> environment, long pid) {
        Optional<String> stat = read(pid, "stat");
        if (environment.isEmpty() || stat.isEmpty() || !parsed(stat.get()).lives()) {
            return true; // it has ended
        }
        String[] fields = fields(stat.get());
        long length = Long.parseUnsignedLong(fields[ENV_END]) - Long.parseUnsignedLong(fields[ENV_START]);
        return (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0
                || (!fields[START_CODE].equals("0") && environment.get().length() == length);
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
        String[] rest = fields(stat);
        return new Entry(
                Long.parseLong(stat, 0, open - 1, 10),
                stat.substring(open + 1, stat.lastIndexOf(')')),
                rest[0].charAt(0),
                Long.parseLong(rest[2]),
                Long.parseLong(rest[3]),
                Long.parseLong(rest[19]));
    }

    /** The fields from the state on: the command before them may hold blanks and brackets. */
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }
}
