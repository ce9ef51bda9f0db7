package io.stead.reconcile;

import io.stead.model.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the node does now.
 *
 * @param waits why a service that is to be taken is not yet, for people
 * @param upcoming what will be started when the node holds it and nothing stands in the way: all but the last step may be made
 *     ready meanwhile
 * @param reconsiderIn when to look again though nothing has changed
 */
public record Work(
        List<Effect> effects, Map<ServiceName, String> waits, List<Run> upcoming, Optional<Duration> reconsiderIn) {
    public Work {
        effects = List.copyOf(effects);
        waits = Map.copyOf(waits);
        upcoming = List.copyOf(upcoming);
    }
}
