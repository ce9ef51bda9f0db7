package io.stead.schema.server;

import io.stead.model.Text;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to run with: ZooKeeper's own keys, our defaults beneath them, and {@code myid}, which writes the file of that
 * name where there is none.
 */
sealed interface ServerSettings {
    /**
     * A server can be run with these.
     *
     * @param config as ZooKeeper has accepted it; of an ensemble exactly if it {@code isDistributed()}
     */
    record Usable(QuorumPeerConfig config) implements ServerSettings {}

    /**
     * No server can be run.
     *
     * @param line what is wrong and what to do
     */
    record Bad(String line) implements ServerSettings {}

    static ServerSettings of(Path file) {
        try {
            return of(ServerFile.read(file));
        } catch (IOException e) {
            return new Bad(String.valueOf(e.getMessage()));
        }
    }

    static ServerSettings standalone(Path dataDir, int port) {
        return of(ServerFile.without("standalone server", ServerDefaults.standalone(dataDir, port)));
    }

    /** Completes and checks what was given. */
    private static ServerSettings of(ServerFile file) {
        try {
            Optional<String> complaint = ServerChecks.complaint(file);
            if (complaint.isPresent()) {
                return new Bad(complaint.get());
            }
            Map<String, String> known = new TreeMap<>(file.given());
            String id = known.remove("myid");
            Path dataDir = Path.of(file.given().getOrDefault("dataDir", ""));
            makeDirectory(dataDir);
            writeMyId(dataDir.resolve("myid"), id);
            QuorumPeerConfig config = new QuorumPeerConfig();
            config.parseProperties(ServerDefaults.complete(known));
            return new Usable(config);
        } catch (IOException | QuorumPeerConfig.ConfigException | IllegalArgumentException e) {
            return new Bad(file.name() + ": " + oneLine(e));
        }
    }

    private static void makeDirectory(Path dataDir) throws IOException {
        try {
            Files.createDirectories(dataDir);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("dataDir " + dataDir + " is no directory: name another", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("dataDir " + dataDir + " can't be made: " + e.getMessage(), e);
        }
    }

    private static void writeMyId(Path file, @Nullable String id) throws IOException {
        if (id == null) {
            return;
        }
        if (Files.notExists(file)) {
            Files.writeString(file, id + "\n");
        } else if (!Files.readString(file).trim().equals(id)) {
            throw new IllegalArgumentException("myid=" + id + ", but " + file + " says "
                    + Text.quoted(Files.readString(file).trim()) + ": this data belongs to another server");
        }
    }

    private static String oneLine(Exception e) {
        String name = e instanceof IllegalArgumentException || e instanceof QuorumPeerConfig.ConfigException
                ? ""
                : e.getClass().getSimpleName() + ": ";
        return Text.escaped(name + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
}
