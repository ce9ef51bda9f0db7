package io.stead.agent.config;

import io.stead.agent.config.AgentConfig.Addresses;
import io.stead.agent.config.AgentConfig.Allow;
import io.stead.agent.config.AgentConfig.Driver;
import io.stead.agent.config.AgentConfig.Outage;
import io.stead.agent.config.AgentConfig.Safety;
import io.stead.model.NodeId;
import io.stead.model.Text;
import io.stead.model.spec.Target;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.yaml.Problems;
import io.stead.schema.yaml.YamlMap;
import io.stead.schema.yaml.YamlText;
import io.stead.schema.yaml.YamlValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a configuration file says; what it leaves out is empty. */
record ConfigFile(
        Given given,
        Optional<Duration> tick,
        Outage outage,
        Addresses addresses,
        List<String> control,
        Allow allow,
        Map<String, String> attributes) {
    private static final Addresses NO_ADDRESSES =
            new Addresses(Driver.KERNEL, Optional.empty(), List.of(), Safety.STRICT);

    static final ConfigFile EMPTY = new ConfigFile(
            Given.NOTHING, Optional.empty(), Outage.STRICT, NO_ADDRESSES, List.of(), Allow.NOTHING, Map.of());

    /** Reads one document; what is wrong is added to the problems, and then the result is of no use. */
    static ConfigFile read(String text, Problems problems) {
        List<YamlValue> documents = YamlText.documents(text, problems);
        if (documents.size() > 1) {
            documents.get(1).problem("there is a second document: write all of it in one");
        }
        return documents.stream()
                .findFirst()
                .flatMap(document -> document.map("a map such as {node: web1}", ConfigFile::file))
                .orElse(EMPTY);
    }

    private static Optional<ConfigFile> file(YamlMap keys) {
        Zookeeper zookeeper = keys.get("zookeeper")
                .flatMap(v -> v.map("a map such as {connect: \"zk1:2181/stead\"}", Zookeeper::read))
                .orElse(Zookeeper.EMPTY);
        Given given = new Given(
                zookeeper.connect(),
                zookeeper.session(),
                zookeeper.credentials(),
                keys.get("node").flatMap(v -> v.text("the name of a node", NodeId::new)),
                keys.get("data-dir").flatMap(ConfigFile::path),
                keys.get("actions-dir").flatMap(ConfigFile::path),
                keys.get("http").flatMap(v -> v.text("HOST:PORT", HostPort::parse)),
                keys.get("leave-on-stop").flatMap(YamlValue::truth));
        return Optional.of(new ConfigFile(
                given,
                zookeeper.tick(),
                zookeeper.outage(),
                keys.get("addresses")
                        .flatMap(v -> v.map("a map such as {interface: eth1}", ConfigFile::addresses))
                        .orElse(NO_ADDRESSES),
                texts(
                        keys,
                        "control",
                        "a list of IP addresses",
                        t -> Prefix.address(t).getHostAddress()),
                keys.get("allow")
                        .flatMap(v -> v.map("a map such as {units: [nginx.service]}", ConfigFile::allow))
                        .orElse(Allow.NOTHING),
                entries(keys, "attributes", "a map such as {rack: r1}", v -> v.text("a text", ConfigFile::plain))));
    }

    private record Zookeeper(
            Optional<ConnectString> connect,
            Optional<Duration> session,
            Optional<Duration> tick,
            Outage outage,
            Optional<AgentConfig.Credentials> credentials) {
        static final Zookeeper EMPTY =
                new Zookeeper(Optional.empty(), Optional.empty(), Optional.empty(), Outage.STRICT, Optional.empty());

        static Optional<Zookeeper> read(YamlMap keys) {
            return Optional.of(new Zookeeper(
                    keys.get("connect").flatMap(v -> v.text("HOST:PORT,…/PATH", ConnectString::parse)),
                    keys.get("session").flatMap(v -> v.duration(AgentConfig.SESSION)),
                    keys.get("tick").flatMap(v -> v.duration(AgentConfig.TICK)),
                    keys.get("outage").flatMap(v -> v.choice(Outage.class)).orElse(Outage.STRICT),
                    keys.get("credentials")
                            .flatMap(ConfigFile::path)
                            .map(file -> new AgentConfig.Credentials(file, Optional.of("zookeeper.credentials")))));
        }
    }

    private static Optional<Addresses> addresses(YamlMap keys) {
        return Optional.of(new Addresses(
                keys.get("driver").flatMap(v -> v.choice(Driver.class)).orElse(NO_ADDRESSES.driver()),
                keys.get("interface").flatMap(v -> v.text("the name of an interface", ConfigFile::device)),
                texts(keys, "allow", "a list such as [10.0.0.0/24]", Prefix::parse),
                keys.get("safety").flatMap(v -> v.choice(Safety.class)).orElse(NO_ADDRESSES.safety())));
    }

    private static Optional<Allow> allow(YamlMap keys) {
        return Optional.of(new Allow(
                Set.copyOf(texts(keys, "units", "a list of systemd units", Target.Systemd::new)),
                Set.copyOf(texts(keys, "ocf", "a list of OCF agents", Target.Ocf::new)),
                ocfParams(keys),
                entries(keys, "dns-keys", "a map such as {web-key: /etc/stead/web.key}", ConfigFile::path)));
    }

    private static Map<Target.Ocf, Set<String>> ocfParams(YamlMap keys) {
        Map<Target.Ocf, Set<String>> params = new HashMap<>();
        keys.get("ocf-params")
                .flatMap(v -> v.map("a map such as {\"heartbeat:pgsql\": [pgdata]}", all -> Optional.of(all.all())))
                .ifPresent(all -> all.forEach((agent, value) -> {
                    try {
                        Target.Ocf known = new Target.Ocf(agent);
                        params.put(
                                known,
                                value.list("a list of parameters").stream()
                                        .flatMap(v -> v.text("a parameter", ConfigFile::plain).stream())
                                        .collect(Collectors.toSet()));
                    } catch (IllegalArgumentException e) {
                        value.problem(String.valueOf(e.getMessage()));
                    }
                }));
        return params;
    }

    private static <T> List<T> texts(YamlMap keys, String key, String expected, Function<String, T> read) {
        return keys.get(key).map(v -> v.list(expected)).orElse(List.of()).stream()
                .flatMap(v -> v.text("a text", read).stream())
                .toList();
    }

    private static <T> Map<String, T> entries(
            YamlMap keys, String key, String expected, Function<YamlValue, Optional<T>> read) {
        Map<String, T> entries = new TreeMap<>();
        keys.get(key)
                .flatMap(v -> v.map(expected, all -> Optional.of(all.all())))
                .ifPresent(all -> all.forEach((name, value) -> {
                    if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,252}")) {
                        read.apply(value).ifPresent(entry -> entries.put(name, entry));
                    } else {
                        value.problem("key " + Text.quoted(name)
                                + ": use A-Z a-z 0-9 . _ -, beginning with a letter or digit");
                    }
                }));
        return entries;
    }

    private static Optional<Path> path(YamlValue value) {
        return value.text("a path", text -> {
            if (!text.startsWith("/")) {
                throw new IllegalArgumentException(Text.quoted(text) + ": write a whole path, from / on");
            }
            return path(text);
        });
    }

    static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(Text.quoted(text) + ": not a path", e);
        }
    }

    private static String device(String text) {
        if (!text.matches("[A-Za-z0-9_.:@-]{1,15}") || text.matches("\\.{1,2}")) {
            throw new IllegalArgumentException("interface " + Text.quoted(text) + ": use a name as ip link shows it");
        }
        return text;
    }

    private static String plain(String text) {
        if (text.length() > 253 || !Text.isPlain(text)) {
            throw new IllegalArgumentException(Text.quoted(text) + ": use at most 253 characters, none to control");
        }
        return text;
    }
}
