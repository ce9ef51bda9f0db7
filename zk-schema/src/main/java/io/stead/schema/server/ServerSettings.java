package io.stead.schema.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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

    /** Keys whose values ZooKeeper parses without saying which it was. */
    Set<String> NUMBERS = Set.of(
            "tickTime",
            "initLimit",
            "syncLimit",
            "clientPort",
            "secureClientPort",
            "minSessionTimeout",
            "maxSessionTimeout",
            "maxClientCnxns",
            "snapCount",
            "preAllocSize",
            "autopurge.snapRetainCount",
            "autopurge.purgeInterval",
            "myid");

    /** Reads a file of ZooKeeper's format. */
    static ServerSettings of(Path file) {
        Properties read = new Properties();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(text);
        } catch (NoSuchFileException e) {
            return new Bad(file + ": no such file");
        } catch (IOException | IllegalArgumentException e) {
            return new Bad(file + ": can't be read: " + e.getMessage());
        }
        Map<String, String> given = new TreeMap<>();
        read.stringPropertyNames().forEach(k -> given.put(k, read.getProperty(k).trim()));
        return of(file.toString(), given);
    }

    static ServerSettings standalone(Path dataDir, int port) {
        return of("standalone server", ServerDefaults.standalone(dataDir, port));
    }

    /**
     * Completes and checks what was given.
     *
     * @param where named in complaints
     */
    static ServerSettings of(String where, Map<String, String> given) {
        for (String key : NUMBERS) {
            String value = given.get(key);
            if (value != null && !value.matches("\\d{1,9}")) {
                return new Bad(where + ": " + key + "=" + value + ": write a whole number");
            }
        }
        String dataDir = given.get("dataDir");
        if (dataDir == null || dataDir.isEmpty()) {
            return new Bad(where + ": dataDir is missing: name the directory for the server's data");
        }
        if (!given.containsKey("clientPort") && !given.containsKey("secureClientPort")) {
            return new Bad(where + ": clientPort is missing: clients could not connect");
        }
        try {
            Files.createDirectories(Path.of(dataDir));
            writeMyId(Path.of(dataDir, "myid"), given.get("myid"));
            QuorumPeerConfig config = new QuorumPeerConfig();
            Map<String, String> known = new TreeMap<>(given);
            known.remove("myid");
            config.parseProperties(ServerDefaults.complete(known));
            return new Usable(config);
        } catch (IOException | QuorumPeerConfig.ConfigException | IllegalArgumentException e) {
            return new Bad(where + ": " + oneLine(e));
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
                    + Files.readString(file).trim() + ": this data belongs to another server");
        }
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage();
        return (message == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + message)
                .replaceAll("\\s+", " ");
    }
}
