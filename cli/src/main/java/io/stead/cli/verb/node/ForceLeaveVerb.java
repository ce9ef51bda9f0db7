package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;

/** A forced leave (B9, B31). */
@Command(
        name = "force-leave",
        header = "Force a node out of the cluster.",
        description =
                "Forces a node out: it halts what it runs, and its services are recovered elsewhere. If its agent "
                        + "lives, it then joins anew by itself; see `stead node quiesce` and `leave`.")
public final class ForceLeaveVerb extends NodeVerb {
    public ForceLeaveVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "node force-leave";
    }

    @Override
    protected Wish wish() {
        return new Wish.ForceLeave(node());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.ForcedOut(node(), life(before));
    }
}
