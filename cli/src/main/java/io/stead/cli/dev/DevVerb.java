package io.stead.cli.dev;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.verb.Asking;
import io.stead.cli.verb.Surroundings;
import io.stead.cli.verb.Verb;
import io.stead.model.NodeId;
import io.stead.model.Spans;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A whole cluster on this machine, to be tried and broken. */
@Command(
        name = "dev",
        description = "Starts a ZooKeeper server and some agents as processes of this machine, with a sample service "
                + "that moves from node to node as you break things. Ctrl-C ends everything. It needs no root.")
public final class DevVerb extends Verb {
    private static final int MOST_NODES = 9;

    /** Longer than a session, so that a node that was killed is missed first. */
    private static final Duration COMES_BACK = Duration.ofSeconds(15);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final CountDownLatch ending = new CountDownLatch(1);

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where data and logs go; it must be empty, and is kept (default: a temporary one, removed).")
    private @Nullable Path dir;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "ZooKeeper's, on the loopback interface (default: 2181, or a free one if that is taken).")
    private @Nullable Integer port;

    public DevVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new CommandFailed(ExitCode.USAGE, "--nodes " + nodes + ": use 1 to " + MOST_NODES);
        }
        Path launcher = launcher();
        try {
            int free = Ports.choose(Optional.ofNullable(port));
            TrialDirectory directory = dir == null ? TrialDirectory.temporary() : TrialDirectory.at(dir);
            String name = "stead-dev-" + UUID.randomUUID().toString().substring(0, 8);
            Processes processes = new Processes(launcher, directory, name, dir == null);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(processes), "stead-dev-end"));
            Trial trial = new Trial(directory, processes, free, name, deadline());
            begin(trial);
            shell().out().print(guide(trial, unlessOnPath(launcher)));
            shell().out().flush();
            return watch(trial);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted", e);
        }
    }

    private Path launcher() {
        return shell().variable("STEAD_HOME")
                .map(home -> Path.of(home, "bin", "stead"))
                .filter(Files::isExecutable)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE, "STEAD_HOME names no directory with bin/stead: call dev through bin/stead"));
    }

    private List<Path> unlessOnPath(Path launcher) {
        Path bin = launcher.toAbsolutePath().getParent();
        boolean known = shell().variable("PATH").stream()
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator, -1)))
                .anyMatch(entry -> Path.of(entry).equals(bin));
        return known || bin == null ? List.of() : List.of(bin);
    }

    private String guide(Trial trial, List<Path> bin) {
        Map<NodeId, Long> agents = new LinkedHashMap<>();
        trial.agents().forEach((node, agent) -> agents.put(node, agent.pid()));
        return Guide.text(trial.directory(), trial.zk().toString(), agents, bin, Spans.text(COMES_BACK), dir != null);
    }

    private void begin(Trial trial) throws IOException {
        say("starting ZooKeeper on " + trial.zk().hosts() + " ...");
        trial.begin(surroundings().clusters());
        say("starting " + nodes + (nodes == 1 ? " agent ..." : " agents ..."));
        for (int i = 1; i <= nodes; i++) {
            trial.start(new NodeId("n" + i));
        }
        try (Cluster cluster = trial.open(surroundings().clusters(), shell().user())) {
            trial.awaitJoined(cluster);
            say("starting the service hello ...");
            Goal placed = new Goal.Placed(trial.apply(cluster));
            say(new Asking(cluster, shell(), deadline())
                    .await(placed, cluster.view(deadline().left())));
        }
    }

    /** Brings back what is killed, until this process is told to end. */
    private ExitCode watch(Trial trial) throws IOException, InterruptedException {
        Map<NodeId, Long> goneNanos = new HashMap<>();
        while (!ending.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!trial.zookeeperRuns()) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "ZooKeeper has ended: " + trial.directory().lastWords("zookeeper"));
            }
            for (NodeId node : List.copyOf(trial.agents().keySet())) {
                bringBack(node, trial, goneNanos);
            }
        }
        return ExitCode.DONE;
    }

    private void bringBack(NodeId node, Trial trial, Map<NodeId, Long> goneNanos) throws IOException {
        Process agent = trial.agents().get(node);
        if (agent == null || agent.isAlive()) {
            return;
        }
        Long since = goneNanos.putIfAbsent(node, shell().now().nanos());
        if (since == null) {
            say(node + " has ended; it comes back in " + Spans.text(COMES_BACK));
        } else if (shell().now().since(since).compareTo(COMES_BACK) >= 0) {
            goneNanos.remove(node);
            say(node + " is back, as process " + trial.start(node).pid());
        }
    }

    /** On the thread of the shutdown. */
    private void end(Processes processes) {
        ending.countDown();
        say("ending ...");
        try {
            processes.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
