package io.stead.schema.spec;

import io.stead.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which ZooKeeper servers to speak to, and under which path: {@code zk1:2181,zk2:2181,[2001:db8::3]:2181/stead}.
 *
 * @param chroot begins with {@code /} and ends without; empty for the root
 */
public record ConnectString(List<Server> servers, String chroot) {
    private static final String FORM = "write HOST:PORT,HOST:PORT,…/PATH, such as zk1:2181,zk2:2181/stead";
    private static final int LONGEST_PATH = 255;
    private static final Pattern CHROOT = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*");

    /** A server on this machine, and our own path (design.md §7). Stands after the pattern that checks it. */
    public static final ConnectString LOCAL = new ConnectString(List.of(new Server("127.0.0.1", 2181)), "/stead");

    /** One server; an IPv6 address as {@code host} is without its brackets. */
    public record Server(String host, int port) {
        private static final int PORT = 2181;
        private static final Pattern FORM = Pattern.compile(
                "(?:(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,252})|\\[(?<six>[0-9A-Fa-f:.]{2,45})\\])(?::(?<port>\\d{1,5}))?");

        public Server {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port " + port + ": use 1 to 65535");
            }
        }

        static Server parse(String text) {
            Matcher m = FORM.matcher(text);
            if (!m.matches()) {
                throw new IllegalArgumentException("ZooKeeper server " + Text.quoted(text) + ": " + ConnectString.FORM);
            }
            String host = Optional.ofNullable(m.group("six")).orElseGet(() -> m.group("name"));
            int port =
                    Optional.ofNullable(m.group("port")).map(Integer::parseInt).orElse(PORT);
            return new Server(host, port);
        }

        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    public ConnectString {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no ZooKeeper server: " + FORM);
        }
        if (chroot.length() > LONGEST_PATH || !CHROOT.matcher(chroot).matches()) {
            throw new IllegalArgumentException(
                    "ZooKeeper path " + Text.quoted(chroot) + ": use /NAME or /NAME/NAME, with A-Z a-z 0-9 . _ -");
        }
    }

    /** Reads what ZooKeeper's own clients take; a port that is left out is 2181. */
    public static ConnectString parse(String text) {
        int slash = text.indexOf('/');
        String hosts = slash < 0 ? text : text.substring(0, slash);
        String path = slash < 0 ? "" : text.substring(slash);
        List<Server> servers = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            servers.add(Server.parse(host));
        }
        return new ConnectString(servers, path.equals("/") ? "" : path);
    }

    /** The servers alone, without the path. */
    public String hosts() {
        return servers.stream().map(Server::toString).collect(Collectors.joining(","));
    }

    /** As {@link #parse} and ZooKeeper's clients take it. */
    @Override
    public String toString() {
        return hosts() + chroot;
    }
}
