package io.stead.cli.verb;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Outlook;
import io.stead.cli.render.Shown;
import io.stead.cli.shell.ConnectOption;
import io.stead.cli.shell.CredentialsOption;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.OutputFormat;
import io.stead.cli.shell.OutputOption;
import picocli.CommandLine.Mixin;

/** A verb about a cluster that stands in a ZooKeeper. */
public abstract class ClusterVerb extends Verb {
    @Mixin
    private final ConnectOption connect = new ConnectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final CredentialsOption credentials = new CredentialsOption();

    protected ClusterVerb(Surroundings surroundings) {
        super(surroundings);
    }

    protected final OutputFormat output() {
        return output.format();
    }

    protected final Cluster open() {
        return surroundings()
                .clusters()
                .open(
                        connect.zk(shell()),
                        credentials.credentials(shell()),
                        shell().user(),
                        deadline().left());
    }

    /** The cluster as it stands now, and what the planner makes of it. */
    protected final Outlook look(Cluster cluster) {
        return Outlook.of(cluster.view(deadline().left()), shell().now());
    }

    protected final ExitCode print(Shown shown) {
        return print(shown, output());
    }
}
