package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;

/** A graceful leave (B21). */
@Command(
        name = "leave",
        header = "Take a node out of the cluster.",
        description =
                "Moves everything away and takes the node out; it stays out until `stead node join` or its restart.")
public final class LeaveVerb extends NodeVerb {
    public LeaveVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "node leave";
    }

    @Override
    protected Wish wish() {
        return new Wish.Leave(node());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Left(node(), life(before));
    }
}
