package io.stead.cli.verb.show;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.export.ExportFile;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.InputFile;
import io.stead.cli.shell.NodeConverter;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.NodeId;
import io.stead.model.view.ClusterView;
import io.stead.simulate.Changes;
import io.stead.simulate.Simulation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** C6: what would happen if, by the planner that decides in earnest. */
@Command(
        name = "simulate",
        description = "Shows what would be decided if nodes went or came, all at once, step by step; nothing is "
                + "changed. Commands succeed at once; t+ is the time that the planner itself lets pass.")
public final class SimulateVerb extends ClusterVerb {
    @Option(
            names = "--down",
            paramLabel = "NODE",
            converter = NodeConverter.class,
            description = "This node is lost; may be repeated, as may the others.")
    private List<NodeId> down = List.of();

    @Option(
            names = "--up",
            paramLabel = "NODE",
            converter = NodeConverter.class,
            description = "This known node comes back.")
    private List<NodeId> up = List.of();

    @Option(names = "--add", paramLabel = "NODE", converter = NodeConverter.class, description = "This new node comes.")
    private List<NodeId> added = List.of();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "Begin with what `stead export -o json` wrote (- for standard input), not with the live cluster.")
    private @Nullable String state;

    public SimulateVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        Changes changes = new Changes(down, up, added);
        if (state != null) {
            ExportFile file = ExportFile.parse(InputFile.shown(state), InputFile.text(state, shell()));
            return simulate(file.view(), changes, file.now().wall());
        }
        try (Cluster cluster = open()) {
            return simulate(
                    cluster.view(deadline().left()), changes, shell().now().wall());
        }
    }

    private ExitCode simulate(ClusterView view, Changes changes, Instant at) {
        for (NodeId node : down) {
            boolean known = view.membership().of(node).isPresent();
            require(known, ExitCode.NOT_FOUND, node, "was never seen");
            require(view.members().containsKey(node), ExitCode.REFUSED, node, "is not up, so it can't go down");
        }
        for (NodeId node : up) {
            boolean known = view.membership().of(node).isPresent();
            require(known, ExitCode.NOT_FOUND, node, "was never seen: use --add");
            boolean isUp = view.members().containsKey(node) && !down.contains(node);
            require(!isUp, ExitCode.REFUSED, node, "is up already");
        }
        for (NodeId node : added) {
            require(!view.members().containsKey(node), ExitCode.REFUSED, node, "is up already");
        }
        return print(new Simulated(view, Simulation.whatIf(view, changes, at)));
    }

    /** @param code {@link ExitCode#NOT_FOUND} for what nobody knows, {@link ExitCode#REFUSED} for what contradicts the facts */
    private static void require(boolean holds, ExitCode code, NodeId node, String otherwise) {
        if (!holds) {
            throw new CommandFailed(code, "node " + node + " " + otherwise + "; see `stead nodes`");
        }
    }
}
