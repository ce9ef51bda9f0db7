package io.stead.plan;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.service.Failure;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What no znode holds: when, on its own monotonic clock, this leader first saw a thing (protocols.md, Time). A new leader
 * begins with none, so that its safety waits start again in full.
 *
 * @param firstSeenNanos monotonic nanoseconds by sighting
 */
public record Observations(Map<Sighting, Long> firstSeenNanos) {
    public static final Observations NONE = new Observations(Map.of());

    public Observations {
        firstSeenNanos = Map.copyOf(firstSeenNanos);
    }

    /** A fact whose age matters. */
    public sealed interface Sighting {
        /** That a life of a node, which still owns something, is over. */
        record Gone(NodeId node, Incarnation incarnation) implements Sighting {}

        /** That a start has failed on a node for that many times. */
        record Failed(ServiceName service, NodeId node, Incarnation incarnation, int count) implements Sighting {
            static Failed of(ServiceName service, Failure failure) {
                return new Failed(service, failure.node(), failure.incarnation(), failure.count());
            }
        }
    }

    /** The observations after a look at the view: new facts are dated now, those that are over are forgotten. */
    public Observations see(ClusterView view, Now now) {
        Map<Sighting, Long> seen = new HashMap<>();
        for (ServiceAssignment assignment : view.assignments().values()) {
            for (Owner owner : assignment.owners()) {
                if (!view.lives(owner.node(), owner.incarnation())) {
                    keep(seen, new Sighting.Gone(owner.node(), owner.incarnation()), now);
                }
            }
            for (Failure failure : assignment.failures()) {
                keep(seen, Sighting.Failed.of(assignment.service(), failure), now);
            }
        }
        return seen.equals(firstSeenNanos) ? this : new Observations(seen);
    }

    private void keep(Map<Sighting, Long> seen, Sighting sighting, Now now) {
        seen.put(sighting, firstSeenNanos.getOrDefault(sighting, now.nanos()));
    }

    /** How long ago it was first seen; zero for what has not been seen yet. */
    public Duration age(Sighting sighting, Now now) {
        Long at = firstSeenNanos.get(sighting);
        return at == null ? Duration.ZERO : now.since(at);
    }
}
