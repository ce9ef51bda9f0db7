package io.stead.simulate.world;

import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.reconcile.Lease;
import io.stead.reconcile.Run;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What really runs on one host, whatever anybody says. */
final class Processes {
    /**
     * The processes of one service, or what its start has left instead (a mount, say).
     *
     * @param grace how much longer than the lease it may run
     * @param stuckUntil virtual nanoseconds until which nothing can end it, as in an uninterruptible sleep
     * @param contained whether it can be killed; what has no processes is ended by its stop command, or with the host
     */
    record Proc(
            long generation, boolean exclusive, Duration grace, boolean starting, long stuckUntil, boolean contained) {
        /** One whose start command has just begun. */
        static Proc of(Run run) {
            return new Proc(run.generation(), run.exclusive(), run.stopGrace(), true, 0, true);
        }

        /** Whether it may run no more, the lease being over for that long. */
        boolean isOverdue(Lease lease, Now now) {
            return exclusive && contained && lease.isOverSince(grace, now);
        }

        private Proc started(boolean hasProcesses) {
            return new Proc(generation, exclusive, grace, false, 0, hasProcesses);
        }

        private Proc stuck(long until) {
            return new Proc(generation, exclusive, grace, starting, until, contained);
        }
    }

    private final Map<ServiceName, Proc> running = new TreeMap<>();
    private final Map<ServiceName, Stop> stops = new TreeMap<>();
    private final Set<Recovery> recoveries = new HashSet<>();

    Map<ServiceName, Proc> all() {
        return running;
    }

    boolean has(ServiceName service) {
        return running.containsKey(service);
    }

    /** Whether there is something that may vanish by itself. */
    boolean isContained(ServiceName service) {
        Proc proc = running.get(service);
        return proc != null && proc.contained();
    }

    void put(ServiceName service, Proc proc) {
        running.put(service, proc);
    }

    /** Its start command has ended well. */
    void started(ServiceName service, long generation, boolean hasProcesses) {
        running.computeIfPresent(service, (s, p) -> p.generation() == generation ? p.started(hasProcesses) : p);
    }

    void stuck(ServiceName service, long until) {
        running.computeIfPresent(service, (s, p) -> p.stuck(until));
    }

    /** Kills what runs of the service; returns whether no process is left. */
    boolean kill(ServiceName service, long nowNanos) {
        Proc proc = running.get(service);
        if (proc != null && proc.stuckUntil() > nowNanos) {
            return false;
        }
        if (proc != null && proc.contained()) {
            running.remove(service);
        }
        return true;
    }

    /** Its stop command has ended, whatever it said, and what was left is killed; returns whether nothing is left. */
    boolean end(ServiceName service, long nowNanos) {
        boolean gone = kill(service, nowNanos);
        if (gone) {
            running.remove(service);
        }
        return gone;
    }

    // ---- stop commands

    /**
     * One that is at work.
     *
     * @param cutOff what happens when it is killed
     */
    record Stop(Run run, Runnable cutOff) {
        /** Whether it belongs to what the warden kills, whole. */
        boolean isGuarded() {
            return run.exclusive() && run.contained();
        }
    }

    Collection<Stop> stops() {
        return stops.values();
    }

    void stops(Stop stop) {
        stops.put(stop.run().service(), stop);
    }

    /** It has come to its end; returns whether it was still there. */
    boolean stopped(Stop stop) {
        return stops.remove(stop.run().service(), stop);
    }

    /** Kills those at work that are such. */
    void endStops(Predicate<Stop> such) {
        List<Stop> ending = stops.values().stream().filter(such).toList();
        stops.values().removeAll(ending);
        ending.forEach(s -> s.cutOff().run());
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
        stops.clear();
        recoveries.clear();
    }
}
