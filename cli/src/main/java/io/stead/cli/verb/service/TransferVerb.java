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

/** B21: moves a service at the operator's word. */
@Command(
        name = "transfer",
        description = "Moves a service to another node, of the leader's choice or the one that is named.")
public final class TransferVerb extends ServiceVerb {
    @Option(names = "--to", paramLabel = "NODE", converter = NodeConverter.class, description = "Where it is to go.")
    private @Nullable NodeId to;

    public TransferVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "transfer";
    }

    @Override
    protected Wish wish() {
        return new Wish.Transfer(service(), Optional.ofNullable(to));
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Transferred(
                service(), Optional.ofNullable(to), answer.generation().orElse(0L));
    }
}
