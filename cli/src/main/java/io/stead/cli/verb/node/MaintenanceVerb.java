package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.Expiry;
import io.stead.cli.verb.Surroundings;
import io.stead.model.member.Maintenance;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** C11: an operator is at work on a host. */
@Command(
        name = "maintenance",
        header = "Leave a node and what is on it alone.",
        description =
                "Leaves what is on a node alone, and takes nothing new there, until the maintenance is ended: nothing"
                    + " of it is started, stopped, moved or recovered, also when the host goes down and comes back.")
public final class MaintenanceVerb extends NodeVerb {
    @Option(names = "--end", description = "End it.")
    private boolean end;

    @Mixin
    private final Expiry expiry = new Expiry();

    public MaintenanceVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "node maintenance";
    }

    @Override
    protected Wish wish() {
        return new Wish.Maintain(new Maintenance.Scope.Node(node()), !end);
    }

    @Override
    protected Optional<Instant> expires() {
        return end ? Optional.empty() : expiry.from(shell().now().wall());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Accepted(
                end
                        ? "the maintenance of " + node() + " is over"
                        : node() + " is in maintenance, and what is on it is left alone");
    }
}
