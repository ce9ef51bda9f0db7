package io.stead.agent;

import io.stead.agent.disk.Journal;
import io.stead.schema.session.SavedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session on disk, for the next process of this agent to go on with (C4). Whoever reads it can act as this node: the
 * directory is private. It counts only on the machine and in the boot in which it was written, so that a cloned or restored
 * data directory starts a life of its own; a host that has no machine id can't tell, and never goes on with a session.
 */
final class SessionFile {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);
    private static final String KEY = "session";
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");

    private final Journal journal;
    private final Optional<String> host;

    SessionFile(Path directory, String bootId) throws IOException {
        this(directory, MACHINE_ID, bootId);
    }

    SessionFile(Path directory, Path machineId, String bootId) throws IOException {
        this.journal = Journal.in(directory);
        this.host = machine(machineId).map(machine -> machine + " " + bootId);
        if (host.isEmpty()) {
            LOG.warn(
                    "machine-id=none file={} consequence=\"a restart of the agent will be a forced leave\""
                            + " mend=\"systemd-machine-id-setup\"",
                    machineId);
        }
    }

    private static Optional<String> machine(Path file) throws IOException {
        String id = Files.isReadable(file) ? Files.readString(file).strip() : "";
        return id.isEmpty() || id.equals("uninitialized") ? Optional.empty() : Optional.of(id);
    }

    /**
     * What is kept.
     *
     * @param tick the ensemble's tickTime, as the session's lease was reckoned with
     */
    record Kept(SavedSession session, Duration tick) {}

    void write(Kept kept) {
        if (host.isEmpty()) {
            return;
        }
        SavedSession session = kept.session();
        try {
            journal.put(
                    KEY,
                    String.join(
                            "\n",
                            host.get(),
                            Long.toHexString(session.id()),
                            session.passwordHex(),
                            Long.toString(session.timeout().toMillis()),
                            Long.toHexString(session.zxid()),
                            Long.toString(kept.tick().toMillis())));
        } catch (IOException e) {
            LOG.error("session=unsaved reason=\"{}\" consequence=\"a restart will be a forced leave\"", e.getMessage());
        }
    }

    Optional<Kept> read() throws IOException {
        List<String> lines =
                journal.all().records().getOrDefault(KEY, "").lines().toList();
        if (lines.size() != 6 || host.filter(lines.getFirst()::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Kept(
                    new SavedSession(
                            Long.parseUnsignedLong(lines.get(1), 16),
                            lines.get(2),
                            Duration.ofMillis(Long.parseLong(lines.get(3))),
                            Long.parseUnsignedLong(lines.get(4), 16)),
                    Duration.ofMillis(Long.parseLong(lines.get(5)))));
        } catch (NumberFormatException e) {
            LOG.warn("session=unreadable consequence=\"the agent begins a new one\"");
            return Optional.empty();
        }
    }

    void forget() throws IOException {
        journal.remove(KEY);
    }
}
