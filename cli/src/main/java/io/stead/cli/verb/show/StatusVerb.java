package io.stead.cli.verb.show;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.status.Status;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import picocli.CommandLine.Command;

/** Shows the cluster: its nodes, its services, and what they wait for. */
@Command(name = "status", description = "Its nodes, its services, and what they wait for.")
public final class StatusVerb extends ClusterVerb {
    public StatusVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        try (Cluster cluster = open()) {
            return print(new Status(cluster.name(), look(cluster)));
        }
    }
}
