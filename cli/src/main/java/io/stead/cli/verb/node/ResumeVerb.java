package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;

/** Ends quiescing and draining. */
@Command(
        name = "resume",
        header = "End quiescing and draining.",
        description = "Lets a quiesced or drained node take services again.")
public final class ResumeVerb extends NodeVerb {
    public ResumeVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "node resume";
    }

    @Override
    protected Wish wish() {
        return new Wish.Resume(node());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Resumed(node());
    }
}
