package io.stead.cli.verb.show;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.status.Services;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import picocli.CommandLine.Command;

/** Shows the services. */
@Command(name = "services", description = "Every service that is defined or still runs somewhere.")
public final class ServicesVerb extends ClusterVerb {
    public ServicesVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        try (Cluster cluster = open()) {
            return print(new Services(look(cluster)));
        }
    }
}
