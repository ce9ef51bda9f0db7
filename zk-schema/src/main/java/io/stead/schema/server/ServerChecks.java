package io.stead.schema.server;

import io.stead.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a server's configuration, where ZooKeeper would say less, or something else, or nothing. */
final class ServerChecks {
    /** Keys whose values ZooKeeper parses without saying which it was. */
    private static final Set<String> NUMBERS = Set.of(
            "tickTime",
            "initLimit",
            "syncLimit",
            "minSessionTimeout",
            "maxSessionTimeout",
            "maxClientCnxns",
            "snapCount",
            "preAllocSize",
            "autopurge.snapRetainCount",
            "autopurge.purgeInterval");

    private static final Set<String> PORTS = Set.of("clientPort", "secureClientPort");
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_ID = 255;
    private static final String ID = "write this server's number, 1 to " + HIGHEST_ID;
    private static final int SHOWN = 60;
    private static final String SERVER = "server.";
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[[^\\]|;]+]|[^:|;\\s]+):(\\d+):(\\d+)(?::(.*))?");
    private static final Pattern CLIENTS = Pattern.compile("(?:(?:\\[[^\\]|;]+]|[^:|;\\s]+):)?(\\d+)");
    private static final Set<String> ROLES = Set.of("participant", "observer");

    private ServerChecks() {}

    /** The first complaint, as one line. */
    static Optional<String> complaint(ServerFile file) throws IOException {
        for (Map.Entry<String, String> entry : file.given().entrySet()) {
            Optional<String> flaw = flaw(entry.getKey(), entry.getValue());
            if (flaw.isPresent()) {
                return flaw.map(f -> file.at(entry.getKey()) + ": " + shown(entry.getKey()) + "="
                        + shown(entry.getValue()) + ": " + f);
            }
        }
        String dataDir = file.given().getOrDefault("dataDir", "");
        if (dataDir.isEmpty()) {
            return Optional.of(file.name() + ": dataDir is missing: name the directory for the server's data");
        }
        // Since ZooKeeper 3.5 a server's own line may have its client address, behind a semicolon.
        boolean isInLine = file.given().entrySet().stream()
                .anyMatch(e -> e.getKey().startsWith(SERVER) && e.getValue().contains(";"));
        if (!isInLine && PORTS.stream().noneMatch(file.given()::containsKey)) {
            return Optional.of(file.name() + ": clientPort is missing: clients could not connect");
        }
        return identity(file, Path.of(dataDir, "myid"));
    }

    private static String shown(String given) {
        return Text.escaped(Text.cut(given, SHOWN));
    }

    /** What is wrong with one value, with the mend. */
    private static Optional<String> flaw(String key, String value) {
        if (NUMBERS.contains(key)) {
            return when(!value.matches("\\d{1,9}"), "write a whole number");
        }
        if (PORTS.contains(key)) {
            return when(!isPort(value), "write a port, 1 to " + HIGHEST_PORT);
        }
        if (key.equals("myid")) {
            return when(!isId(value), ID);
        }
        if (key.startsWith(SERVER)) {
            return isId(key.substring(SERVER.length()))
                    ? server(value)
                    : Optional.of("write server.N, where N is that server's number, 1 to " + HIGHEST_ID);
        }
        return Optional.empty();
    }

    private static Optional<String> server(String value) {
        List<String> parts = List.of(value.split(";", -1));
        if (parts.size() > 2) {
            return Optional.of("write one ; at most, before the clients' port");
        }
        for (String address : parts.getFirst().split("\\|", -1)) {
            Matcher is = ADDRESS.matcher(address.strip());
            if (!is.matches()) {
                return Optional.of("write HOST:PORT:PORT, such as zk1:2888:3888");
            }
            if (!isPort(is.group(1)) || !isPort(is.group(2))) {
                return Optional.of("a port is a number from 1 to " + HIGHEST_PORT);
            }
            String role = is.group(3);
            if (role != null && !ROLES.contains(role.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(Text.quoted(role) + " is not known: write participant or observer, or leave it out");
            }
        }
        if (parts.size() == 2) {
            Matcher clients = CLIENTS.matcher(parts.getLast().strip());
            return when(
                    !clients.matches() || !isPort(clients.group(1)),
                    "after the ; stands the clients' PORT or ADDRESS:PORT, such as 2181");
        }
        return Optional.empty();
    }

    /** Whether this server is one of those that are listed. */
    private static Optional<String> identity(ServerFile file, Path kept) throws IOException {
        List<String> servers = file.given().keySet().stream()
                .filter(key -> key.startsWith(SERVER))
                .toList();
        String given = file.given().getOrDefault("myid", "");
        String id = given.isEmpty() && Files.isRegularFile(kept)
                ? Files.readString(kept).strip()
                : given;
        if (servers.size() < 2) {
            return Optional.empty();
        }
        if (id.isEmpty()) {
            return Optional.of(file.name() + ": the myid file is missing, " + kept
                    + ", and myid= here, too: say which of the servers this is");
        }
        String where = given.isEmpty() ? kept.toString() : file.at("myid");
        if (!isId(id)) {
            return Optional.of(file.name() + ": " + where + " says " + Text.quoted(id) + ": " + ID);
        }
        return when(
                !servers.contains(SERVER + id),
                where + ": myid=" + id + ", but no server." + id + " is listed in " + file.name());
    }

    static boolean isPort(String value) {
        return isBetweenOneAnd(HIGHEST_PORT, value);
    }

    private static boolean isId(String value) {
        return isBetweenOneAnd(HIGHEST_ID, value);
    }

    private static boolean isBetweenOneAnd(int highest, String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= highest;
    }

    private static Optional<String> when(boolean wrong, String flaw) {
        return wrong ? Optional.of(flaw) : Optional.empty();
    }
}
