package io.stead.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stead.agent.config.AgentConfig;
import io.stead.agent.container.ProcessTable;
import io.stead.agent.disk.PrivateDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this node lives on its host. Its name there joins the cluster's path and the node's, so that nodes of two clusters
 * can share a host.
 *
 * @param name of its containers
 * @param volatileDir for what a hung disk must not hold up: in memory where the host has such a place, and the agent is
 *     root; else the data directory
 * @param made the directories that were not there before, each before the one it lies in
 */
record Places(String name, Path dataDir, Path volatileDir, List<Path> made) {
    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final String LOCK = "lock";
    private static final String SUCCESSOR = "successor";
    private static final Path RUN = Path.of("/run");
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    static Places of(AgentConfig config) throws IOException {
        String chroot = config.zookeeper().connect().chroot().replace('/', '.');
        String name = (chroot.startsWith(".") ? chroot.substring(1) + "." : chroot) + config.node();
        Path dataDir = config.dataDir().toAbsolutePath().normalize();
        boolean root = Files.isWritable(RUN);
        Path volatileDir = root ? RUN.resolve("stead").resolve(name) : dataDir.resolve("run");
        SortedSet<Path> made = new TreeSet<>(Comparator.reverseOrder());
        for (Path directory : List.of(volatileDir, dataDir)) {
            for (Path at = directory; at != null && Files.notExists(at); at = at.getParent()) {
                made.add(at);
            }
        }
        return new Places(name, PrivateDirectory.at(dataDir), volatileDir, List.copyOf(made));
    }

    /** The process that was the last to have the node's places, if it lives. */
    Optional<ProcessHandle> holder() throws IOException {
        return process(dataDir.resolve(LOCK));
    }

    /** Says that this process waits for these places. */
    void announceSuccessor() throws IOException {
        Files.writeString(volatileDir.resolve(SUCCESSOR), self());
    }

    /** Whether another process waits for them: an agent that is stopped then leaves its session to that one. */
    boolean hasSuccessor() {
        try {
            return process(volatileDir.resolve(SUCCESSOR)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<ProcessHandle> process(Path file) throws IOException {
        String[] words = Files.exists(file) ? Files.readString(file).strip().split(" ", -1) : new String[0];
        if (words.length != 2 || !words[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(words[0]);
        return ProcessTable.find(pid)
                .filter(ProcessTable.Entry::lives)
                .filter(entry -> Long.toString(entry.startTicks()).equals(words[1]))
                .flatMap(entry -> ProcessHandle.of(pid))
                .filter(process -> !process.equals(ProcessHandle.current()));
    }

    /** This process, so that nobody takes another for it that has its number later. */
    private static String self() throws IOException {
        long pid = ProcessHandle.current().pid();
        long ticks = ProcessTable.find(pid)
                .orElseThrow(() -> new IOException("/proc does not show this process"))
                .startTicks();
        return pid + " " + ticks + "\n";
    }

    /** Locks the node's places for this process; empty where another agent has them. */
    Optional<Held> hold() throws IOException {
        Held held = new Held(new ArrayList<>());
        for (Path directory : List.of(dataDir, volatileDir)) {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            PrivateDirectory.at(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            held.channels.add(channel);
            boolean isOurs = channel.tryLock() != null;
            if (isOurs) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(self().getBytes(US_ASCII)));
            }
            if (!isOurs || !isStillThere(directory)) {
                if (!directory.equals(dataDir) && made.contains(dataDir)) {
                    delete(dataDir);
                }
                held.close();
                return Optional.empty();
            }
        }
        Files.deleteIfExists(volatileDir.resolve(SUCCESSOR));
        return Optional.of(held);
    }

    /**
     * An agent that was refused may have taken the file away between our opening and locking it. The file is not opened again: closing
     * it once would give up the lock (fcntl(2)).
     */
    private static boolean isStillThere(Path directory) throws IOException {
        Path lock = directory.toRealPath().resolve(LOCK);
        try (Stream<Path> ours = Files.list(OPEN_FILES)) {
            return ours.anyMatch(link -> leadsTo(link, lock));
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            return false; // it was closed while we looked
        }
    }

    /** Takes away what lies in memory; what lies on disk is the operator's to keep. */
    void leave() throws IOException {
        delete(volatileDir);
    }

    /** Takes away what this process has made and holds, where it has begun nothing; what was there before stays. */
    void undo() {
        for (Path directory : made) {
            try {
                if (directory.equals(dataDir) || directory.equals(volatileDir)) {
                    delete(directory);
                } else {
                    Files.deleteIfExists(directory);
                }
            } catch (IOException e) {
                LOG.debug("{} stays", directory, e); // somebody else has something there by now
            }
        }
    }

    /** The lock goes last: as long as it is there nobody else makes anything here. */
    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> inside = files.filter(file -> !file.equals(directory))
                        .sorted(Comparator.comparing((Path file) -> file.equals(directory.resolve(LOCK)))
                                .thenComparing(Comparator.reverseOrder()))
                        .toList();
                for (Path file : inside) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory);
        }
    }

    /** The locked files, which stay locked for as long as they are open. */
    record Held(List<FileChannel> channels) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            for (FileChannel channel : channels) {
                channel.close();
            }
        }
    }
}
