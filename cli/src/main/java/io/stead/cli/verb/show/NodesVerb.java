package io.stead.cli.verb.show;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.status.Nodes;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import picocli.CommandLine.Command;

/** Shows the nodes. */
@Command(name = "nodes", description = "Every node that was ever seen, what it runs, and what was asked of it.")
public final class NodesVerb extends ClusterVerb {
    public NodesVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        try (Cluster cluster = open()) {
            return print(new Nodes(look(cluster)));
        }
    }
}
