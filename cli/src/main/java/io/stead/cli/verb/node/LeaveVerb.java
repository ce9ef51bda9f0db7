package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A graceful leave (B21). */
@Command(
        name = "leave",
        header = "Take a node out of the cluster.",
        description =
                "Moves everything away and takes the node out; it stays out until `stead node join` or its restart. "
                        + "Refused where no other node can take what would stop.")
public final class LeaveVerb extends NodeVerb {
    @Option(names = "--force", description = "Also stop what no other node can take.")
    private boolean force;

    public LeaveVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "node leave";
    }

    @Override
    protected Wish wish() {
        return new Wish.Leave(node(), force);
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Left(node(), life(before));
    }
}
