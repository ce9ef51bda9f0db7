package io.stead.schema.servers;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The servers of an ensemble that may lead, each by the address at which clients reach it.
 *
 * @param addresses one for each voter
 */
public record Voters(List<InetSocketAddress> addresses) {
    /** {@code server.1=10.0.0.1:2888:3888:participant;10.0.0.1:2181}, the parts from the role on perhaps left out. */
    private static final Pattern SERVER = Pattern.compile(
            "^server\\.\\d+\\s*=\\s*(\\[[^]]+]|[^:;|\\[]+):\\d+:\\d+(?::(participant|observer))?(?:;(.*))?$");

    private static final Pattern CLIENT = Pattern.compile("^(?:(\\[[^]]+]|[^:]+):)?(\\d{1,5})$");
    private static final Set<String> ANY = Set.of("0.0.0.0", "[::]", "::", "[0:0:0:0:0:0:0:0]");

    public Voters {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads what {@code /zookeeper/config} says, and what it leaves out from the addresses that this client was given. An
     * ensemble that says nothing is one server by itself, if there is but one address.
     *
     * @param given the client's own servers
     * @return empty where the client address of any voter is not known beyond doubt: nothing may be concluded about all of them
     */
    public static Optional<Voters> of(String config, List<InetSocketAddress> given) {
        List<Matcher> participants = new ArrayList<>();
        for (String line : config.lines().map(String::strip).toList()) {
            Matcher server = SERVER.matcher(line);
            if (server.matches()) {
                if (!"observer".equals(server.group(2))) {
                    participants.add(server);
                }
            } else if (line.startsWith("server.")) {
                return Optional.empty();
            }
        }
        if (participants.isEmpty()) {
            return given.size() == 1 ? Optional.of(new Voters(given)) : Optional.empty();
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Matcher voter : participants) {
            Optional<InetSocketAddress> address = address(voter.group(1), Optional.ofNullable(voter.group(3)), given);
            if (address.isEmpty()) {
                return Optional.empty();
            }
            addresses.add(address.get());
        }
        // Two voters at one address are a misunderstanding.
        return new HashSet<>(addresses).size() == addresses.size()
                ? Optional.of(new Voters(addresses))
                : Optional.empty();
    }

    private static Optional<InetSocketAddress> address(
            String host, Optional<String> client, List<InetSocketAddress> given) {
        Optional<Matcher> said = client.map(CLIENT::matcher).filter(Matcher::matches);
        if (said.isPresent()) {
            Optional<String> clientHost =
                    Optional.ofNullable(said.get().group(1)).filter(h -> !ANY.contains(h));
            int port = Integer.parseInt(said.get().group(2));
            // A wildcard would have every node ask the server on its own host instead of that voter.
            return Optional.of(clientHost.orElse(host))
                    .filter(h -> !ANY.contains(h))
                    .map(h -> InetSocketAddress.createUnresolved(bare(h), port));
        }
        List<InetSocketAddress> same =
                given.stream().filter(g -> g.getHostString().equals(bare(host))).toList();
        return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
