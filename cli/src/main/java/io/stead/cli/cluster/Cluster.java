package io.stead.cli.cluster;

import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One cluster, open. Every method may end with {@link io.stead.cli.shell.CommandFailed}: unreachable, or refused by the
 * store.
 */
public interface Cluster extends AutoCloseable {
    /** What the cluster is called. */
    String name();

    /** Everything, as it stands now. */
    ClusterView view();

    /**
     * Stores specs and takes others away, all in one transaction or none; refused when any of them has changed since the
     * last {@link #view}.
     */
    void write(Collection<ServiceSpec> specs, Set<ServiceName> gone);

    /** Asks the leader; empty when nobody has answered within the span. */
    Optional<Answer> ask(Request request, Duration within);

    /** The history from the oldest line on that is still kept, or what came after a number. */
    List<Line> history(long after);

    /** Returns true as soon as something may have changed, and false when the span is over without that. */
    boolean pause(Duration atMost);

    @Override
    void close();
}
