package io.stead.agent.config;

import io.stead.model.NodeId;
import io.stead.model.spec.Target;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.yaml.SpanRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one agent is told by its host. Each component is a key of the file, written in small letters with {@code -}
 * between the words: {@code data-dir}, {@code zookeeper.session}.
 *
 * @param zookeeper how to reach ZooKeeper
 * @param node this host's name in the cluster; it must be given, in the file or as {@code --node}
 * @param dataDir intents, session and digest of this node, root's or the user's alone. Default
 *     {@code /var/lib/stead} for root, else {@code $XDG_STATE_HOME/stead/<node>}
 * @param actionsDir the files that {@code run:} may name. Default {@code /etc/stead/actions.d}
 * @param addresses where service addresses are set
 * @param http where health, metrics and console are to be served; port 0 takes any free one. Default: nowhere
 * @param control this host's control addresses, the first of which identifies it (A2). Default: none
 * @param allow what specs may name here besides files of {@code actionsDir} (C12)
 * @param attributes free words about the host, such as its rack
 * @param leaveOnStop whether a stop of the agent is a graceful leave of its node, rather than a restart to come (C4).
 *     Default false
 */
public record AgentConfig(
        Zookeeper zookeeper,
        NodeId node,
        Path dataDir,
        Path actionsDir,
        Addresses addresses,
        Optional<HostPort> http,
        List<String> control,
        Allow allow,
        Map<String, String> attributes,
        boolean leaveOnStop) {
    private static final Logger LOG = LoggerFactory.getLogger(AgentConfig.class);

    /** A session shorter than this is lost to any pause; a longer one is no failover. */
    public static final SpanRange SESSION = new SpanRange(Duration.ofSeconds(1), Duration.ofSeconds(60));

    public static final SpanRange TICK = new SpanRange(Duration.ofMillis(10), Duration.ofSeconds(10));

    public AgentConfig {
        control = List.copyOf(control);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** What the arguments of {@code main} come to, on this host; warns of what is given in vain. */
    public static Parsed parse(String[] args) {
        Parsed parsed = Layers.resolve(List.of(args), Surroundings.here());
        if (parsed instanceof Parsed.Ready ready) {
            Ignored.keys(ready.config())
                    .forEach(key -> LOG.warn("config={} effect=none reason=\"this version does not use it yet\"", key));
        }
        return parsed;
    }

    /**
     * How to reach ZooKeeper.
     *
     * @param connect servers and path. Default {@code 127.0.0.1:2181/stead}
     * @param session the time-out asked of ZooKeeper: how long a silent host is waited for, 1s to 60s. Default 2s
     * @param tick the servers' tickTime, where their {@code conf} can't be asked (protocols.md, Lease). Default: unknown
     * @param outage what is made of servers that can't be reached while there is no leader (C3). Default strict
     * @param credentials the file with the digest that {@code stead init} wrote for agents
     */
    public record Zookeeper(
            ConnectString connect, Duration session, Optional<Duration> tick, Outage outage, Credentials credentials) {}

    /** When the lease outlasts an outage of ZooKeeper. */
    public enum Outage {
        /** When every voter says itself that it has no leader. */
        STRICT,
        /**
         * Also where a voter's host refuses the connection, as it does when its ZooKeeper is dead, and as a firewall does: a node
         * that one rule cuts off so would hold for ever beside its successor.
         */
        TRUST_REFUSED
    }

    /**
     * By what the agent is known to ZooKeeper.
     *
     * @param file default {@code agent.credentials} in the user's configuration directory
     * @param namedBy the flag, variable or key that names the file, so that its absence is an error; without a file that
     *     nobody named, nothing is presented to ZooKeeper
     */
    public record Credentials(Path file, Optional<String> namedBy) {
        static Credentials of(String file, String namedBy) {
            return new Credentials(ConfigFile.path(file), Optional.of(namedBy));
        }

        /** Which file it is, and who says so: the layers above may have named another than the one that was looked into. */
        public String shown() {
            return file + namedBy.map(by -> ", which " + by + " names").orElse(", which is the default");
        }
    }

    /**
     * Where service addresses are set.
     *
     * @param driver whether the kernel gets the addresses. Default kernel
     * @param device the network interface that carries them; the key is {@code interface}. Default: none, so that this
     *     host takes no address
     * @param allow the only addresses that may be set here (C12). Default: none
     * @param safety default strict
     */
    public record Addresses(Driver driver, Optional<String> device, List<Prefix> allow, Safety safety) {
        public Addresses {
            allow = List.copyOf(allow);
        }
    }

    /** What becomes of a service address. */
    public enum Driver {
        /** It is set on the interface. */
        KERNEL,
        /** It is only written down: for trials without root. */
        RECORD
    }

    /** What to do where this host can't silence itself (protocols.md, Gate and Warden). */
    public enum Safety {
        /** Wait longer, or refuse. */
        STRICT,
        /** Take the risk of two owners: the operator's word. */
        FAST
    }

    /**
     * What specs may name here besides files of the actions directory (C12).
     *
     * @param units systemd units. Default: none
     * @param ocf OCF agents. Default: none
     * @param ocfParams the parameters that specs may set of OCF agents, {@code *} for any. Some name programs or files, so
     *     that who may set them may do anything on this host. Default: none
     * @param dnsKeys the files of TSIG keys by their names. Default: none
     */
    public record Allow(
            Set<Target.Systemd> units,
            Set<Target.Ocf> ocf,
            Map<Target.Ocf, Set<String>> ocfParams,
            Map<String, Path> dnsKeys) {
        /** Files of the actions directory only. */
        public static final Allow NOTHING = new Allow(Set.of(), Set.of(), Map.of(), Map.of());

        private static final String ANY = "*";

        public Allow {
            ocfParams = Map.copyOf(ocfParams);
            units = Set.copyOf(units);
            ocf = Set.copyOf(ocf);
            dnsKeys = Collections.unmodifiableMap(new TreeMap<>(dnsKeys));
        }

        /** Whether a spec may name it here. Of a file the actions directory decides, when it runs. */
        public boolean permits(Target target) {
            return switch (target) {
                case Target.Run run -> true;
                case Target.Systemd unit -> units.contains(unit);
                case Target.Ocf agent -> ocf.contains(agent);
            };
        }

        /** Whether a spec may set this parameter of an OCF agent here. */
        public boolean permits(Target.Ocf agent, String parameter) {
            Set<String> allowed = ocfParams.getOrDefault(agent, Set.of());
            return allowed.contains(parameter) || allowed.contains(ANY);
        }
    }
}
