package io.stead.cli.verb.service;

import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.NodeConverter;
import io.stead.cli.verb.Surroundings;
import io.stead.model.NodeId;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Design.md §7: what runs keeps the actions that it started with, until it is started anew. */
@Command(
        name = "restart",
        description =
                "Stops a service and starts it again where it is, with the actions that its spec has now. What runs"
                        + " on several nodes is restarted on one after the other.")
public final class RestartVerb extends ServiceVerb {
    @Option(
            names = "--node",
            paramLabel = "NODE",
            converter = NodeConverter.class,
            description = "Only what runs on this node.")
    private @Nullable NodeId node;

    public RestartVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "restart";
    }

    @Override
    protected Wish wish() {
        return new Wish.Restart(service(), Optional.ofNullable(node));
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Restarted(
                service(), Optional.ofNullable(node), answer.generation().orElse(0L));
    }
}
