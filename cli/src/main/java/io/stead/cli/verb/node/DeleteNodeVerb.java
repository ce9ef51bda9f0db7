package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;

/** Forgets a node that is gone for good, or was named by mistake. */
@Command(
        name = "node",
        header = "Forget a node that is down.",
        description = "Forgets a node that is gone for good or was named by mistake, and what was asked of it; after a "
                + "week away that happens by itself. Its agent must not run, and nothing be left to recover. If the "
                + "agent comes all the same, the node joins as a new one.")
public final class DeleteNodeVerb extends NodeVerb {
    public DeleteNodeVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "delete node";
    }

    @Override
    protected Wish wish() {
        return new Wish.DeleteNode(node());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Accepted(node() + " is forgotten");
    }
}
