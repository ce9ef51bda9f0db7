package io.stead.simulate.world;

import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.reconcile.Lease;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What really runs on one host, whatever anybody says. */
final class Processes {
    /**
     * The processes of one service.
     *
     * @param grace how much longer than the lease it may run
     * @param stuckUntil virtual nanoseconds until which nothing can end it, as in an uninterruptible sleep
     */
    record Proc(long generation, boolean exclusive, Duration grace, boolean starting, long stuckUntil) {
        /** Whether it may run no more, the lease being over for that long. */
        boolean isOverdue(Lease lease, Now now) {
            return exclusive && lease.isOverSince(grace, now);
        }
    }

    private final Map<ServiceName, Proc> running = new TreeMap<>();
    private final Set<Recovery> recoveries = new HashSet<>();

    Map<ServiceName, Proc> all() {
        return running;
    }

    boolean has(ServiceName service) {
        return running.containsKey(service);
    }

    void put(ServiceName service, Proc proc) {
        running.put(service, proc);
    }

    /** Its start command has ended well. */
    void started(ServiceName service, long generation) {
        running.computeIfPresent(
                service,
                (s, p) -> p.generation() == generation ? new Proc(generation, p.exclusive(), p.grace(), false, 0) : p);
    }

    void stuck(ServiceName service, long until) {
        running.computeIfPresent(
                service, (s, p) -> new Proc(p.generation(), p.exclusive(), p.grace(), p.starting(), until));
    }

    /** Kills what runs of the service; returns whether nothing is left. */
    boolean kill(ServiceName service, long nowNanos) {
        Proc proc = running.get(service);
        if (proc != null && proc.stuckUntil() > nowNanos) {
            return false;
        }
        running.remove(service);
        return true;
    }

    // ---- recovery commands

    /** One that is at work. */
    private record Recovery(ServiceName service, long generation, boolean exclusive) {}

    boolean recoversExclusively(ServiceName service) {
        return recoveries.stream().anyMatch(r -> r.exclusive() && r.service().equals(service));
    }

    void recovers(ServiceName service, long generation, boolean exclusive) {
        recoveries.add(new Recovery(service, generation, exclusive));
    }

    /** It has come to its end; returns whether it was still there. */
    boolean recovered(ServiceName service, long generation) {
        return recoveries.removeIf(r -> r.service().equals(service) && r.generation() == generation);
    }

    void endExclusiveRecoveries() {
        recoveries.removeIf(Recovery::exclusive);
    }

    void endRecoveries() {
        recoveries.clear();
    }

    /** The host is off. */
    void clear() {
        running.clear();
        recoveries.clear();
    }
}
