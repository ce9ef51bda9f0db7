package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;

/** Lets a node that has left join again. */
@Command(
        name = "join",
        header = "Let a node that has left join again.",
        description = "A node that was taken out by `stead node leave` takes services again.")
public final class JoinVerb extends NodeVerb {
    public JoinVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "node join";
    }

    @Override
    protected Wish wish() {
        return new Wish.Join(node());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Joined(node());
    }
}
