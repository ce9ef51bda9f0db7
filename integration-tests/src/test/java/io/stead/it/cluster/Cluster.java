package io.stead.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The cluster of a test class; all of them share the ZooKeeper servers, and each has a path of its own there. Before each test
 * every agent runs and has joined; after it, whatever it did, nothing may have run twice or been started twice, and what it
 * defined is deleted. A test that fails prints what the agents logged.
 */
public final class Cluster implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int TAIL = 80;

    private final String session;
    private final List<String> nodes;
    private final boolean joined;
    private final boolean onMachines;
    private final String configuration;
    private Optional<Field> field = Optional.empty();

    /** Everything that is there while the class runs. */
    private record Field(
            Undertaker undertaker,
            Servers servers,
            String connect,
            Stage stage,
            Operator operator,
            Housekeeper housekeeper,
            Reality reality,
            Witness witness,
            Map<String, Machine> machines,
            Map<String, AgentProcess> agents,
            List<Play> plays) {}

    private Cluster(String session, List<String> nodes, boolean joined, boolean onMachines, String configuration) {
        this.session = session;
        this.nodes = nodes;
        this.joined = joined;
        this.onMachines = onMachines;
        this.configuration = configuration;
    }

    /** A cluster whose agents all run before each test. */
    public static Cluster of(String session, String... nodes) {
        return new Cluster(session, List.of(nodes), true, false, "{}");
    }

    /** A cluster without agents; the test starts them, and they leave when they are terminated. */
    public static Cluster down(String session, String... nodes) {
        return new Cluster(session, List.of(nodes), false, false, "{}");
    }

    /** The same, and each agent is given this configuration. */
    public Cluster configured(String yaml) {
        return new Cluster(session, nodes, joined, onMachines, yaml);
    }

    /** The same, and each agent runs on a host with a systemd of its own. */
    public Cluster onMachines() {
        return new Cluster(session, nodes, joined, true, configuration);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Servers servers = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Servers.class, _ -> new Servers(), Servers.class);
        Undertaker undertaker = new Undertaker();
        String name = "it-%d-%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
        String connect = servers.connect() + "/" + name;
        Map<String, Machine> machines = onMachines ? boot(name, undertaker) : Map.of();
        Reality reality = new Reality(name, machines);
        Operator operator = new Operator(undertaker.directory(), undertaker, connect);
        servers.revive();
        operator.stead("init").done();
        Field made = new Field(
                undertaker,
                servers,
                connect,
                new Stage(undertaker.directory()),
                operator,
                new Housekeeper(connect, operator.credentials().resolve("operator.credentials")),
                reality,
                new Witness(reality, nodes),
                machines,
                new LinkedHashMap<>(),
                new ArrayList<>());
        field = Optional.of(made);
        if (joined) {
            nodes.forEach(this::start);
        }
    }

    private Map<String, Machine> boot(String name, Undertaker undertaker) {
        Map<String, Machine> machines = new TreeMap<>();
        for (String node : nodes) {
            String machine = "stead-" + name + "-" + node;
            machines.put(
                    node,
                    Machine.boot(
                            machine,
                            undertaker.directory().resolve("machines").resolve(node),
                            List.of(undertaker.directory()),
                            Distribution.places(),
                            undertaker::expectNode));
        }
        return machines;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (joined) {
            nodes.forEach(this::revive);
            awaitJoined(nodes.toArray(String[]::new));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Optional<AssertionError> found = complaint(this::check);
        if (found.isPresent() || context.getExecutionException().isPresent()) {
            print(context.getDisplayName());
        }
        found.or(() -> complaint(this::settle)).ifPresent(e -> {
            throw e;
        });
    }

    private static Optional<AssertionError> complaint(Runnable checks) {
        try {
            checks.run();
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(e);
        }
    }

    private void check() {
        witness().check();
        stage().checkStarts();
    }

    /** Takes everything back that the test has asked for, so that the next one finds the cluster as it likes it. */
    private void settle() {
        stage().clear();
        servers().revive();
        Collection<AgentProcess> agents = field().agents().values();
        agents.forEach(a -> revive(a.node()));
        List<Play> plays = field().plays();
        if (!plays.isEmpty()) {
            field().housekeeper().delete(plays);
            plays.forEach(witness()::forget);
            plays.clear();
            stage().forget();
        }
        if (!joined) {
            agents.forEach(AgentProcess::beginTermination);
            agents.forEach(AgentProcess::awaitEnd);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        field.ifPresent(f -> {
            f.witness().close();
            f.housekeeper().close();
            f.undertaker().close();
        });
    }

    private Field field() {
        return field.orElseThrow(() -> new IllegalStateException("the cluster is there while its tests run"));
    }

    public Servers servers() {
        return field().servers();
    }

    public Stage stage() {
        return field().stage();
    }

    public Operator operator() {
        return field().operator();
    }

    public Witness witness() {
        return field().witness();
    }

    public Status status() {
        return operator().status();
    }

    /** Servers and path, for {@code --zk}. */
    public String connect() {
        return field().connect();
    }

    public AgentProcess agent(String node) {
        AgentProcess agent = field().agents().get(node);
        if (agent == null) {
            throw new IllegalStateException("the agent of " + node + " was not started yet");
        }
        return agent;
    }

    /** Starts a node's agent, the first time or again. */
    public void start(String node) {
        AgentProcess known = field().agents().get(node);
        if (known != null) {
            known.start();
            return;
        }
        start(node, arguments(node));
    }

    private void start(String node, List<String> words) {
        Field f = field();
        Machine machine = f.machines().get(node);
        if (machine == null) {
            f.undertaker().expectNode(f.reality().cgroup(node), f.reality().volatileDirectory(node));
        }
        List<String> before = machine == null ? List.of() : machine.inside();
        f.agents().put(node, new AgentProcess(node, before, words, log(node), f.undertaker()));
    }

    /** Starts a node's agent for the first time, and lets it know one of the ZooKeeper servers only. */
    public void start(String node, int server) {
        List<String> words = new ArrayList<>(arguments(node));
        words.set(words.indexOf("--zk") + 1, connect(server));
        start(node, words);
    }

    /** The host that the node's agent runs on, where that has a systemd of its own. */
    public Machine machine(String node) {
        return Objects.requireNonNull(field().machines().get(node), "the agents of this cluster share one host");
    }

    private Path configurationFile() {
        try {
            return Files.writeString(directory().resolve("agent.yaml"), configuration + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The warden that guards the node's exclusive services now. */
    public WardenProcess warden(String node) {
        return new WardenProcess(field().reality().volatileDirectory(node).resolve("warden"));
    }

    /** What an agent of that node is called with, besides its name. */
    public List<String> arguments(String node) {
        List<String> words = new ArrayList<>(List.of(
                "--zk", connect(),
                "--data-dir", directory().resolve("data").resolve(node).toString(),
                "--actions-dir", stage().actions().toString(),
                "--credentials",
                        operator().credentials().resolve("agent.credentials").toString(),
                "--session", session,
                "--config", configurationFile().toString()));
        if (!joined) {
            words.add("--leave-on-stop");
        }
        return words;
    }

    /** Waits until each of these is registered somewhere, and every agent has had its say since. */
    public void awaitSettled(Play... plays) {
        field().housekeeper().awaitSettled(List.of(plays));
    }

    public void awaitLeaderOtherThan(String node) {
        field().housekeeper().leaderOtherThan(node);
    }

    /** Waits until the service is registered there, and that the operator is shown so, without any intent to move. */
    public void awaitRegistered(Play play, String node) {
        String wanted = "registered [" + node + "]";
        awaitShown(
                play.name() + " " + wanted,
                status -> assertThat(status.service(play.name())).hasToString(wanted));
    }

    /**
     * Waits until the cluster is shown so. Looks often without a process for each look, and in the end by {@code stead status}.
     *
     * @param check complains if it is not so
     */
    public void awaitShown(String what, Consumer<Status> check) {
        await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> check.accept(field().housekeeper()
                        .shown()
                        .orElseThrow(() -> new AssertionError("ZooKeeper does not answer"))));
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> check.accept(status()));
    }

    private void revive(String node) {
        AgentProcess agent = agent(node);
        if (agent.isFrozen()) {
            agent.thaw();
        }
        if (!agent.isAlive()) {
            agent.start();
        }
    }

    /** Waits until these nodes have joined. */
    public void awaitJoined(String... some) {
        await("joined: " + List.of(some))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(field().housekeeper().joined()).contains(some));
    }

    /** Defines services, watches them, and waits until they are in their places. */
    public void apply(Play... plays) {
        define(plays);
        applying(plays, "--wait");
    }

    /** Defines services and watches them. */
    public void applyOnly(Play... plays) {
        define(plays);
        applying(plays, "--no-wait");
    }

    /** Starts a web server without any agent's doing. */
    public void startByHand(Play play, String node) {
        field().undertaker().expect(stage().startByHand(play, node));
    }

    private void define(Play... plays) {
        for (Play play : plays) {
            field().plays().removeIf(p -> p.name().equals(play.name()));
            field().plays().add(play);
            if (!play.isEverywhere()) {
                witness().watch(play);
            }
        }
    }

    private void applying(Play[] plays, String... options) {
        List<String> words = new ArrayList<>(List.of("apply", "-f", file(plays).toString(), "--timeout", "40s"));
        words.addAll(List.of(options));
        operator().stead(words.toArray(String[]::new)).done();
    }

    /** A file of specs. */
    public Path file(Play... plays) {
        StringBuilder text = new StringBuilder();
        for (Play play : plays) {
            text.append(play.document());
        }
        return file(text.toString());
    }

    public Path file(String text) {
        try {
            return Files.writeString(Files.createTempFile(directory(), "spec-", ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy that only its owner can read, as the original. */
    public Path copyOf(Path original, String name) {
        try {
            return Files.copy(original, directory().resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory of this class, which goes with it. */
    public Path directory() {
        return field().undertaker().directory();
    }

    /** The node that leads. */
    public String leader() {
        return field().housekeeper().leaderOtherThan("");
    }

    /** All nodes but these. */
    public List<String> others(String... some) {
        return nodes.stream().filter(n -> !List.of(some).contains(n)).toList();
    }

    /** ZooKeeper as operators see it. */
    public RawZooKeeper zooKeeper() {
        return new RawZooKeeper(connect(), operator().credentials().resolve("operator.credentials"));
    }

    /** ZooKeeper as agents see it. */
    public RawZooKeeper zooKeeperOfAgents() {
        return new RawZooKeeper(connect(), operator().credentials().resolve("agent.credentials"));
    }

    /** One server of ZooKeeper as agents see it. */
    public RawZooKeeper zooKeeperOfAgents(int server) {
        return new RawZooKeeper(connect(server), operator().credentials().resolve("agent.credentials"));
    }

    private String connect(int server) {
        return servers().connect(server) + connect().substring(connect().indexOf('/'));
    }

    private Path log(String node) {
        return directory().resolve(node + ".log");
    }

    private void print(String test) {
        StringBuilder text = new StringBuilder("\n==== " + test + " failed; what was left ====\n");
        field().agents().forEach((node, agent) -> {
            List<String> log = agent.log();
            text.append("---- log of ")
                    .append(node)
                    .append(agent.isAlive() ? "" : " (dead)")
                    .append('\n');
            log.stream()
                    .skip(Math.max(0, log.size() - TAIL))
                    .forEach(l -> text.append(l).append('\n'));
        });
        List<Stage.Call> calls = stage().calls();
        text.append("---- calls\n")
                .append(calls.stream()
                        .skip(Math.max(0, calls.size() - TAIL))
                        .map(c -> c + "\n")
                        .collect(Collectors.joining()));
        text.append("---- stays\n");
        field().plays().forEach(p -> text.append(p.name() + " " + witness().stays(p) + "\n"));
        Ended status = operator().stead("status", "--timeout", "5s");
        text.append("---- status\n").append(status.stdout()).append(status.stderr());
        System.err.println(text);
    }
}
