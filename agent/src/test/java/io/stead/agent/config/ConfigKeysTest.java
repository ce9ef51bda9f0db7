package io.stead.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.spec.Target;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.yaml.Problem;
import io.stead.schema.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks every key of the file: what it is when left out, what a good value becomes, and what a bad one earns. */
class ConfigKeysTest {
    record Key(
            String name,
            Function<AgentConfig, Object> value,
            Object otherwise,
            String yaml,
            Object mapped,
            String bad,
            String problem) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    private Path directory;

    static List<Key> keys() {
        return List.of(
                new Key(
                        "node",
                        AgentConfig::node,
                        new NodeId("n"),
                        "node: web1",
                        new NodeId("web1"),
                        "node: 7",
                        "1:7: node: expected the name of a node, found the number 7: write \"7\""),
                new Key(
                        "zookeeper.connect",
                        c -> c.zookeeper().connect(),
                        ConnectString.LOCAL,
                        "zookeeper: {connect: \"zk1:2181,zk2:2181/s\"}",
                        ConnectString.parse("zk1:2181,zk2:2181/s"),
                        "zookeeper: {connect: [zk1]}",
                        "1:22: zookeeper.connect: expected HOST:PORT,…/PATH, found a list"),
                new Key(
                        "zookeeper.session",
                        c -> c.zookeeper().session(),
                        Duration.ofSeconds(2),
                        "zookeeper: {session: 60s}",
                        Duration.ofSeconds(60),
                        "zookeeper: {session: 500ms}",
                        "1:22: zookeeper.session: duration \"500ms\": use 1s to 1m"),
                new Key(
                        "zookeeper.tick",
                        c -> c.zookeeper().tick(),
                        Optional.empty(),
                        "zookeeper: {tick: 200ms}",
                        Optional.of(Duration.ofMillis(200)),
                        "zookeeper: {tick: 200}",
                        "1:19: zookeeper.tick: duration \"200\": write a whole number with ms, s, m, h or d, such as"
                                + " 30s"),
                new Key(
                        "zookeeper.outage",
                        c -> c.zookeeper().outage(),
                        AgentConfig.Outage.STRICT,
                        "zookeeper: {outage: trust-refused}",
                        AgentConfig.Outage.TRUST_REFUSED,
                        "zookeeper: {outage: ignore}",
                        "1:21: zookeeper.outage: \"ignore\": use strict or trust-refused"),
                new Key(
                        "zookeeper.credentials",
                        c -> c.zookeeper().credentials(),
                        new AgentConfig.Credentials(
                                Path.of("/home/u/.config/stead/agent.credentials"), Optional.empty()),
                        "zookeeper: {credentials: /etc/stead/agent}",
                        new AgentConfig.Credentials(Path.of("/etc/stead/agent"), Optional.of("zookeeper.credentials")),
                        "zookeeper: {credentials: agent}",
                        "1:26: zookeeper.credentials: \"agent\": write a whole path, from / on"),
                new Key(
                        "data-dir",
                        AgentConfig::dataDir,
                        Path.of("/home/u/.local/state/stead/n"),
                        "data-dir: /srv/stead/",
                        Path.of("/srv/stead"),
                        "data-dir: ~/stead",
                        "1:11: data-dir: \"~/stead\": write a whole path, from / on"),
                new Key(
                        "actions-dir",
                        AgentConfig::actionsDir,
                        Path.of("/etc/stead/actions.d"),
                        "actions-dir: /opt/actions",
                        Path.of("/opt/actions"),
                        "actions-dir:",
                        "1:13: actions-dir: expected a path, found nothing"),
                new Key(
                        "addresses.driver",
                        c -> c.addresses().driver(),
                        AgentConfig.Driver.KERNEL,
                        "addresses: {driver: record}",
                        AgentConfig.Driver.RECORD,
                        "addresses: {driver: kernal}",
                        "1:21: addresses.driver: \"kernal\": did you mean \"kernel\"?"),
                new Key(
                        "addresses.interface",
                        c -> c.addresses().device(),
                        Optional.empty(),
                        "addresses: {interface: eth0.12}",
                        Optional.of("eth0.12"),
                        "addresses: {interface: \"eth1; reboot\"}",
                        "1:24: addresses.interface: interface \"eth1; reboot\": use a name as ip link shows it"),
                new Key(
                        "addresses.allow",
                        c -> c.addresses().allow(),
                        List.of(),
                        "addresses: {allow: [10.0.0.0/24, \"2001:db8::/64\"]}",
                        List.of(Prefix.parse("10.0.0.0/24"), Prefix.parse("2001:db8::/64")),
                        "addresses: {allow: [10.0.0.1/24]}",
                        "1:21: addresses.allow[0]: prefix 10.0.0.1/24: there are bits set beyond the first 24"),
                new Key(
                        "addresses.safety",
                        c -> c.addresses().safety(),
                        AgentConfig.Safety.STRICT,
                        "addresses: {safety: fast}",
                        AgentConfig.Safety.FAST,
                        "addresses: {safety: off}",
                        "1:21: addresses.safety: \"off\": use strict or fast"),
                new Key(
                        "http",
                        AgentConfig::http,
                        Optional.empty(),
                        "http: \"[::1]:7070\"",
                        Optional.of(new HostPort("::1", 7070)),
                        "http: 7070",
                        "1:7: http: expected HOST:PORT, found the number 7070"),
                new Key(
                        "control",
                        AgentConfig::control,
                        List.of(),
                        "control: [10.1.0.11, 10.2.0.11]",
                        List.of("10.1.0.11", "10.2.0.11"),
                        "control: [web1]",
                        "1:11: control[0]: \"web1\": write an IP address, such as 10.0.0.1 or 2001:db8::1"),
                new Key(
                        "allow.units",
                        c -> c.allow().units(),
                        Set.of(),
                        "allow: {units: [nginx.service]}",
                        Set.of(new Target.Systemd("nginx.service")),
                        "allow: {units: nginx.service}",
                        "1:16: allow.units: expected a list of systemd units, found the text \"nginx.service\": write"
                                + " [nginx.service]"),
                new Key(
                        "allow.ocf",
                        c -> c.allow().ocf(),
                        Set.of(),
                        "allow: {ocf: [\"heartbeat:pgsql\"]}",
                        Set.of(new Target.Ocf("heartbeat:pgsql")),
                        "allow: {ocf: [pgsql]}",
                        "1:15: allow.ocf[0]: OCF agent \"pgsql\": use provider:type, such as heartbeat:pgsql"),
                new Key(
                        "allow.ocf-params",
                        c -> c.allow().ocfParams(),
                        Map.of(),
                        "allow: {ocf-params: {\"heartbeat:pgsql\": [pgdata, pgport]}}",
                        Map.of(new Target.Ocf("heartbeat:pgsql"), Set.of("pgdata", "pgport")),
                        "allow: {ocf-params: {pgsql: [pgdata]}}",
                        "1:29: allow.ocf-params.pgsql: OCF agent \"pgsql\": use provider:type, such as"
                                + " heartbeat:pgsql"),
                new Key(
                        "allow.dns-keys",
                        c -> c.allow().dnsKeys(),
                        Map.of(),
                        "allow: {dns-keys: {web-key: /etc/stead/web.key}}",
                        Map.of("web-key", Path.of("/etc/stead/web.key")),
                        "allow: {dns-keys: {\"a b\": /etc/stead/web.key}}",
                        "1:27: allow.dns-keys.a b: key \"a b\": use A-Z a-z 0-9 . _ -, beginning with a letter or"
                                + " digit"),
                new Key(
                        "attributes",
                        AgentConfig::attributes,
                        Map.of(),
                        "attributes: {rack: r1}",
                        Map.of("rack", "r1"),
                        "attributes: {rack: \"r\\n1\"}",
                        "1:20: attributes.rack: \"r\\u000a1\": use at most 253 characters, none to control"),
                new Key(
                        "leave-on-stop",
                        AgentConfig::leaveOnStop,
                        false,
                        "leave-on-stop: true",
                        true,
                        "leave-on-stop: yes",
                        "1:16: leave-on-stop: expected true or false, found the text \"yes\""));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void key_leftOut_hasItsDefault(Key key) {
        assertThat(key.value.apply(config("{}"))).isEqualTo(key.otherwise);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void key_given_isMapped(Key key) {
        assertThat(key.mapped).isNotEqualTo(key.otherwise);
        assertThat(key.value.apply(config(key.yaml))).isEqualTo(key.mapped);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void key_withABadValue_isRefusedAtItsPlace(Key key) {
        Problems problems = new Problems("agent.yaml");
        ConfigFile.read(key.bad + "\n", problems);

        assertThat(problems.list()).map(Problem::toString).containsExactly("agent.yaml:" + key.problem);
    }

    @Test
    void everyKeyOfTheConfiguration_isWalked() {
        List<String> components = new ArrayList<>();
        components(AgentConfig.class, "", components);

        assertThat(keys()).extracting(Key::name).containsExactlyInAnyOrderElementsOf(components);
    }

    /** The keys that the records stand for; the components of a value that is one text are no keys. */
    private static void components(Class<?> type, String path, List<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> of = component.getType();
            if (Set.of(AgentConfig.Zookeeper.class, AgentConfig.Addresses.class, AgentConfig.Allow.class)
                    .contains(of)) {
                components(of, path + word(component.getName()) + ".", keys);
            } else {
                keys.add(path + word(component.getName()));
            }
        }
    }

    private static String word(String component) {
        return component.equals("device")
                ? "interface"
                : component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private AgentConfig config(String yaml) {
        try {
            Path file = Files.writeString(directory.resolve("agent.yaml"), yaml + "\n");
            List<String> node = yaml.startsWith("node:") ? List.of() : List.of("--node", "n");
            List<String> args = new ArrayList<>(List.of("--config", file.toString()));
            args.addAll(node);
            return switch (Layers.resolve(args, new Surroundings(Map.of(), Path.of("/home/u"), false))) {
                case Parsed.Ready ready -> ready.config();
                case Parsed.Help help -> throw new AssertionError(help);
                case Parsed.Refused refused -> throw new AssertionError(refused.lines());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
