package io.stead.cli.verb;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.ChangeOptions;
import io.stead.cli.shell.ExitCode;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A verb that asks the leader for something and waits until it has settled. */
public abstract class ChangeVerb extends ClusterVerb {
    @Mixin
    private final ChangeOptions change = new ChangeOptions();

    protected ChangeVerb(Surroundings surroundings) {
        super(surroundings);
    }

    /** The verb as it is called, such as {@code node drain}. */
    protected abstract String word();

    /** The service or node it is about. */
    protected abstract String resource();

    protected abstract Wish wish();

    /**
     * What to wait for.
     *
     * @param before the view before the request
     */
    protected abstract Goal goal(Answer answer, ClusterView before);

    /** When an override that is asked for ends by itself. */
    protected Optional<Instant> expires() {
        return Optional.empty();
    }

    @Override
    protected final ExitCode run() {
        try (Cluster cluster = open()) {
            ClusterView before = cluster.view(deadline().left());
            Asking asking = new Asking(cluster, shell(), deadline());
            Answer answer = asking.ask(wish(), change.reason(), expires());
            String accepted = word() + " " + resource() + " was accepted"
                    + answer.generation().map(g -> " (generation " + g + ")").orElse("");
            String sentence = change.waits() ? asking.await(goal(answer, before), before) : accepted;
            return print(new Changed(
                    word(),
                    resource(),
                    answer.generation(),
                    change.waits(),
                    sentence,
                    deadline().taken()));
        }
    }
}
