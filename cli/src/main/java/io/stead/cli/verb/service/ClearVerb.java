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

/** C11, B20: forgets failures, gives up a failed recovery, confirms a stop. */
@Command(
        name = "clear",
        description = "Forgets a service's failed starts, so that its nodes are tried again at once, and gives up a "
                + "recovery that has failed everywhere.")
public final class ClearVerb extends ServiceVerb {
    @Option(
            names = "--node",
            paramLabel = "NODE",
            converter = NodeConverter.class,
            description = "Only what failed on this node.")
    private @Nullable NodeId node;

    @Option(
            names = "--confirm-stopped",
            description =
                    "Your word that nothing of it runs any more where its stop has failed. If it does run, it will"
                            + " run twice.")
    private boolean confirmStopped;

    public ClearVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "clear";
    }

    @Override
    protected Wish wish() {
        return new Wish.Clear(service(), Optional.ofNullable(node), confirmStopped);
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        String where = node == null ? "" : " on " + node;
        return new Goal.Accepted(
                answer.message().isEmpty()
                        ? service() + " is cleared" + where
                        : "there is nothing to clear of " + service() + where);
    }
}
