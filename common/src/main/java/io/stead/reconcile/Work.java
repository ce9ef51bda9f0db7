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
 * @param reconsiderIn when to look again though nothing has changed
 */
public record Work(List<Effect> effects, Map<ServiceName, String> waits, Optional<Duration> reconsiderIn) {
    public Work {
        effects = List.copyOf(effects);
        waits = Map.copyOf(waits);
    }
}
