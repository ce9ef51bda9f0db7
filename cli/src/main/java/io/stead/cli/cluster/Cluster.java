package io.stead.cli.cluster;

import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.schema.store.OperatorStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One cluster, open. Every method may end with {@link io.stead.cli.shell.CommandFailed}: refused by the store, or, where
 * ZooKeeper has not answered within the span, unreachable. Silence is borne until then, for one server's hiccup is none of
 * the operator's business.
 */
public interface Cluster extends AutoCloseable {
    /** Before the first number of the history. */
    long BEGINNING = OperatorStore.BEGINNING;

    /** What the cluster is called. */
    String name();

    /** Everything, as it stands now. */
    ClusterView view(Duration within);

    /**
     * Stores specs and takes others away, all in one transaction or none; refused when any of them has changed since the
     * last {@link #view}.
     */
    void write(Collection<ServiceSpec> specs, Set<ServiceName> gone, Duration within);

    /** Asks the leader; empty when nobody has answered within the span. */
    Optional<Answer> ask(Request request, Duration within);

    /**
     * The history, oldest first.
     *
     * @param after a line's number, for what came after it; {@link #BEGINNING} for all that is kept
     */
    List<Line> history(long after, Duration within);

    /** Returns true as soon as something may have changed, and false when the span is over without that. */
    boolean pause(Duration atMost);

    @Override
    void close();
}
