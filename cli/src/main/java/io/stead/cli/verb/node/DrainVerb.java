package io.stead.cli.verb.node;

import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.Expiry;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A10: takes nothing new, and gives away what it has. */
@Command(
        name = "drain",
        header = "Move everything away from a node.",
        description = "Lets a node take nothing new, and moves what it has to other nodes.")
public final class DrainVerb extends NodeVerb {
    @Mixin
    private final Expiry expiry = new Expiry();

    public DrainVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "node drain";
    }

    @Override
    protected Wish wish() {
        return new Wish.Drain(node());
    }

    @Override
    protected Optional<Instant> expires() {
        return expiry.from(shell().now().wall());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Drained(node());
    }
}
