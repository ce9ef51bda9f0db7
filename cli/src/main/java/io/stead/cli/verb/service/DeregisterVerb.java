package io.stead.cli.verb.service;

import io.stead.cli.cluster.Goal;
import io.stead.cli.verb.Surroundings;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;

/** Stops a service and leaves it so. */
@Command(
        name = "deregister",
        description = "Stops a service, its children first, and leaves it so until it is registered again.")
public final class DeregisterVerb extends ServiceVerb {
    public DeregisterVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "deregister";
    }

    @Override
    protected Wish wish() {
        return new Wish.Deregister(service());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Deregistered(service(), answer.generation().orElse(0L));
    }
}
