package io.stead.simulate;

import io.stead.audit.Entry;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What would happen.
 *
 * @param steps what the history would say, in order
 * @param end the cluster as it would be then
 * @param waits why each service that is not simply registered would be as it is
 * @param settled whether nothing more would happen; else the simulation was given up, since something never comes to rest
 */
public record Forecast(List<Step> steps, ClusterView end, SortedMap<ServiceName, Reason> waits, boolean settled) {
    public Forecast {
        steps = List.copyOf(steps);
        waits = Collections.unmodifiableSortedMap(new TreeMap<>(waits));
    }

    /**
     * One line of the history to come.
     *
     * @param after virtual time since the changes: the planner's own waiting, commands and commits taking none
     */
    public record Step(Duration after, Entry entry) {}
}
