package io.stead.cli.dev;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Clusters;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.verb.Deadline;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Spans;
import io.stead.model.member.MemberPhase;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.spec.Read;
import io.stead.schema.spec.SpecFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cluster of a trial, from nothing to its sample service in place. */
final class Trial {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final TrialDirectory directory;
    private final Processes processes;
    private final ConnectString zk;
    private final Deadline deadline;
    private final Map<NodeId, Process> agents = new LinkedHashMap<>();
    private @Nullable Process zookeeper;

    /** @param name its path in ZooKeeper, which no other trial on this host may have */
    Trial(TrialDirectory directory, Processes processes, int port, String name, Deadline deadline) {
        this.directory = directory;
        this.processes = processes;
        this.zk = ConnectString.parse("127.0.0.1:" + port + "/" + name);
        this.deadline = deadline;
    }

    ConnectString zk() {
        return zk;
    }

    TrialDirectory directory() {
        return directory;
    }

    /** The agents that were started last, by node. */
    Map<NodeId, Process> agents() {
        return agents;
    }

    boolean zookeeperRuns() {
        return zookeeper != null && zookeeper.isAlive();
    }

    /** Starts ZooKeeper and makes the cluster in it. */
    void begin(Clusters clusters) throws IOException {
        Process server = processes.zookeeper(zk.servers().getFirst().port());
        zookeeper = server;
        Duration patience = deadline.left();
        try {
            clusters.install(zk, "dev", directory.credentials(), patience);
        } catch (CommandFailed e) {
            throw new CommandFailed(e.code(), e.line() + ends("zookeeper", server), e);
        }
    }

    Cluster open(Clusters clusters, String author) {
        return clusters.open(zk, Optional.of(directory.operatorCredentials()), author, deadline.left());
    }

    /** Starts the agent of a node, for the first time or again. */
    Process start(NodeId node) throws IOException {
        Process agent = processes.agent(node, zk.toString());
        agents.put(node, agent);
        return agent;
    }

    void awaitJoined(Cluster cluster) {
        Collection<NodeId> nodes = agents.keySet();
        while (true) {
            ClusterView view = cluster.view(deadline.left());
            Optional<NodeId> missing = nodes.stream()
                    .filter(n -> view.membership().phase(n) != MemberPhase.JOINED)
                    .findFirst();
            if (missing.isEmpty()) {
                return;
            }
            Process agent = agents.get(missing.get());
            if (agent == null || !agent.isAlive() || deadline.isOver()) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        missing.get() + " did not join within " + Spans.text(deadline.span())
                                + (agent == null ? "" : ends(missing.get().value(), agent)));
            }
            // Changed or not: a process may have ended.
            var _ = cluster.pause(LOOK_AGAIN);
        }
    }

    /** What a process said last, and whether it lives. */
    private String ends(String name, Process process) {
        String words = directory.lastWords(name);
        return "; " + name + (process.isAlive() ? " runs" : " has ended")
                + (words.isEmpty() ? "" : " and said: " + words);
    }

    /** Stores the sample service. */
    List<ServiceName> apply(Cluster cluster) throws IOException {
        String text = Files.readString(directory.spec(), StandardCharsets.UTF_8);
        List<ServiceSpec> specs = switch (SpecFile.read(directory.spec().toString(), text)) {
            case Read.Specs read -> read.values();
            case Read.Problems read ->
                throw new IllegalStateException(read.problems().getFirst().toString());
        };
        // Read just before, as every write is.
        var _ = cluster.view(deadline.left());
        cluster.write(specs, Set.of(), deadline.left());
        return specs.stream().map(ServiceSpec::name).toList();
    }
}
