package io.stead.agent.warden;

import io.stead.agent.container.Containers;
import io.stead.agent.container.ProcessTable;
import io.stead.agent.container.UnitCell;
import io.stead.agent.container.Uptime;
import io.stead.agent.disk.PrivateDirectory;
import io.stead.agent.disk.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The agent's end of the warden. What the warden does is in {@code warden.sh}; the two talk by files in one directory,
 * which holds one warden at most. A directory in memory (tmpfs, below {@code /run}) is best: no disk that hangs then
 * stands between a renewed lease and the warden's knowledge of it.
 *
 * <p>{@link #moveDeadline} belongs to one thread, everything else to one other.
 */
public final class Warden {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** The warden's shell wakes up and forks before it kills: so much earlier it is told to. */
    private static final long HEAD_START_HUNDREDTHS = 1;

    private static final long NANOS_PER_HUNDREDTH = 10_000_000;
    private static final String OWN_FILE = "warden.pid";

    private final Path directory;
    private final Containers containers;
    private final Path program;
    private final String version;
    /** What this process has told it last. */
    private volatile @Nullable String lastDeadline;

    private volatile @Nullable String lastExclusive;

    private Warden(Path directory, Containers containers) throws IOException {
        this.directory = PrivateDirectory.at(directory.toAbsolutePath());
        this.containers = containers;
        this.program = PrivateDirectory.install(this.directory, Warden.class, "warden.sh");
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(program));
        this.version = "%08x".formatted(crc.getValue());
    }

    /**
     * The warden of this directory: the one that lives, with its deadline and its list, or a new one. A new one keeps what
     * an earlier one was told since the host came up, and knows no deadline otherwise: services listed are killed at once.
     *
     * @throws IOException also if the warden can't be started; nothing exclusive may then be held
     */
    public static Warden startOrAdopt(Path directory, Containers containers) throws IOException, InterruptedException {
        Warden warden = new Warden(directory, containers);
        warden.forgetAnotherBoot();
        if (!warden.alive()) {
            warden.respawn();
        }
        return warden;
    }

    /** The file that tells when the lease ends, for launchers of exclusive services. */
    public Path deadlineFile() {
        return directory.resolve("deadline");
    }

    /**
     * Moves the end of the lease, in either direction. Costs some 40 µs in memory, 0.3 ms in a file system on a disk, which
     * it doesn't wait for.
     *
     * @param endNanos in the time of {@link System#nanoTime}
     * @throws IOException if the warden can't be told; it then kills at the deadline it knows
     */
    public void moveDeadline(long endNanos) throws IOException {
        long deadline = Math.max(0, Uptime.earliestAt(endNanos) - HEAD_START_HUNDREDTHS);
        String text = deadline + "\n";
        lastDeadline = text;
        WholeFile.replace(deadlineFile(), text);
    }

    /** The end of the lease as the warden knows it, in the time of {@link System#nanoTime}; empty if it knows none. */
    public OptionalLong deadlineNanos() throws IOException {
        if (!Files.exists(deadlineFile())) {
            return OptionalLong.empty();
        }
        long deadline = Long.parseLong(Files.readString(deadlineFile()).strip());
        return OptionalLong.of(System.nanoTime() + (deadline - Uptime.hundredths() - 1) * NANOS_PER_HUNDREDTH);
    }

    /** Whether what has that much {@code stop-grace} is killed by now, by the deadline that the warden knows or none. */
    public boolean isOver(Duration grace) throws IOException {
        OptionalLong deadline = deadlineNanos();
        return deadline.isEmpty() || System.nanoTime() - deadline.getAsLong() >= grace.toNanos();
    }

    /** Says which services are killed at the end of the lease; to be told before one is started. */
    public void setExclusive(Collection<Guarded> services) throws IOException {
        String list = services.stream().map(this::lines).sorted().collect(Collectors.joining());
        lastExclusive = list;
        Path file = exclusiveFile();
        if (!Files.exists(file) || !Files.readString(file).equals(list)) {
            WholeFile.replace(file, list);
        }
    }

    /** A unit's commands go first, lest they permit it anew; and it is forbidden to come back before it is killed. */
    private String lines(Guarded guarded) {
        String kind = containers.cell("any", Containers.START).kind();
        String lines = line(guarded, kind, containers.whole(guarded.service()));
        Optional<UnitCell> unit = guarded.hasUnit() ? containers.unit(guarded.service()) : Optional.empty();
        return unit.map(u -> lines + line(guarded, "permit", u.permit()) + line(guarded, kind, u.cgroup()))
                .orElse(lines);
    }

    private static String line(Guarded guarded, String kind, Path path) {
        return "%d %s %s\n".formatted(guarded.grace().toMillis() / 10, kind, path);
    }

    /** Whether the warden lives, is not stopped, and is of this agent's version. */
    public boolean alive() throws IOException {
        return warden().filter(Known::works)
                .filter(known -> known.version.equals(version))
                .isPresent();
    }

    private Path exclusiveFile() {
        return directory.resolve("exclusive");
    }

    /**
     * Starts a warden in the place of one that has died, was stopped or is of another version. What has vanished from the
     * directory meanwhile is put there again, the deadline before the services that would be killed without one.
     */
    public void respawn() throws IOException, InterruptedException {
        PrivateDirectory.install(directory, Warden.class, "warden.sh");
        stop();
        restore(deadlineFile(), lastDeadline);
        restore(exclusiveFile(), lastExclusive);
        Files.deleteIfExists(directory.resolve("exit"));
        Path log = directory.resolve("warden.log");
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(
                        "setsid",
                        "/bin/sh",
                        program.toString(),
                        directory.toString(),
                        version,
                        containers.household().map(Path::toString).orElse(""))
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (named(OWN_FILE).filter(known -> known.pid == process.pid()).isEmpty()) {
            if (!process.isAlive() || System.nanoTime() - end >= 0) {
                process.destroyForcibly();
                throw new IOException("the warden did not start (%s): %s"
                        .formatted(
                                process.isAlive() ? "in time" : "exit " + process.exitValue(),
                                Files.readString(log).strip()));
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static void restore(Path file, @Nullable String told) throws IOException {
        if (told != null && !Files.exists(file)) {
            WholeFile.replace(file, told);
        }
    }

    /** Ends the warden; what it guards lives on unguarded. */
    public void stop() throws IOException, InterruptedException {
        Optional<Known> known = warden();
        if (known.isEmpty()) {
            return;
        }
        Files.writeString(directory.resolve("exit"), "");
        Optional<ProcessHandle> process = ProcessHandle.of(known.get().pid);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (warden().isPresent() && process.isPresent()) {
            if (!known.get().works() || System.nanoTime() - end >= 0) {
                process.get().destroyForcibly();
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** What it has killed since the host came up: one line each, for people: when, which service, why. */
    public List<String> kills() throws IOException {
        Path log = directory.resolve("killed.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /** A warden that lives, working or not. */
    private record Known(long pid, String version, char state) {
        boolean works() {
            return state != 'T' && state != 't';
        }
    }

    private Optional<Known> warden() throws IOException {
        Optional<Known> known = named(OWN_FILE);
        // Whoever holds the lock bars every other one's way: it must be found though its own file is lost.
        return known.isPresent() ? known : named("warden.lock");
    }

    private Optional<Known> named(String file) throws IOException {
        String[] words;
        try {
            words = Files.readString(directory.resolve(file)).strip().split(" ", -1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (words.length != 3) {
            return Optional.empty();
        }
        String ticks = words[1];
        String version = words[2];
        return ProcessTable.find(Long.parseLong(words[0]))
                .filter(ProcessTable.Entry::lives)
                .filter(entry -> Long.toString(entry.startTicks()).equals(ticks))
                .map(entry -> new Known(entry.pid(), version, entry.state()));
    }

    /** Uptime starts anew at each boot, and so does what is told in it. */
    private void forgetAnotherBoot() throws IOException {
        Path boot = directory.resolve("boot");
        String current = Files.readString(BOOT_ID);
        if (!Files.exists(boot) || !Files.readString(boot).equals(current)) {
            for (String stale : List.of("deadline", "exclusive", OWN_FILE, "killed.log", "exit")) {
                Files.deleteIfExists(directory.resolve(stale));
            }
            WholeFile.replace(boot, current);
        }
    }
}
