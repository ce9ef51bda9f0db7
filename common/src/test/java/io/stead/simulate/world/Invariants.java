package io.stead.simulate.world;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Effect;
import io.stead.reconcile.Lease;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What must always hold on the hosts, checked whenever it could cease to (docs/invariants.md). In the store: {@link Commits};
 * in the end: {@link Rest}. */
final class Invariants {
    /** Of what was started, or stopped, where. */
    private record Start(ServiceName service, long generation, NodeId node, Incarnation incarnation) {}

    record Notified(ServiceName service, long generation, NodeId node, int boot) {}

    private final World world;
    private final Commits commits;
    private final Set<Start> starts = new HashSet<>();
    private final Set<Start> stopped = new HashSet<>();
    /** When sessions have ended. */
    private final Map<Incarnation, Long> endedNanos = new HashMap<>();

    private final Set<Notified> notified = new HashSet<>();
    /** Registrations whose node was lost, and whose recovery command has not succeeded yet: by service and node, their generations. */
    private final Map<ServiceName, Map<NodeId, Long>> unrecovered = new HashMap<>();

    Invariants(World world) {
        this.world = world;
        this.commits = new Commits(world, this);
    }

    Commits commits() {
        return commits;
    }

    Set<Notified> notified() {
        return notified;
    }

    static void hold(boolean holds, String invariant, Supplier<String> what) {
        if (!holds) {
            throw new Violation(invariant, what.get());
        }
    }

    /** An assignment in few words. */
    static String brief(ServiceAssignment a) {
        StringBuilder text = new StringBuilder(a.service() + " at generation " + a.generation());
        for (Owner o : a.owners()) {
            text.append(", on %s/%s %d%s%s%s%s"
                    .formatted(
                            o.node(),
                            o.incarnation(),
                            o.generation(),
                            o.exclusive() ? "" : " (of all)",
                            o.started() ? " started" : "",
                            o.stopping().map(s -> " stopping for " + s.cause()).orElse(""),
                            o.recovery().map(r -> " " + r).orElse("")));
        }
        return text + a.transfer().map(t -> ", " + t).orElse("")
                + a.wanted().map(w -> ", wanted " + w).orElse("") + ", since " + a.reason();
    }

    // ---- on hosts

    /** When it is decided: a parent that vanishes by itself before the deed is no fault of the child's. */
    void startIsDecided(Host host, Run run) {
        run.parent()
                .ifPresent(p -> hold(
                        hasRun(host, p), "I4", () -> run.service() + " starts without its parent on " + host.node()));
    }

    void startBegins(Host host, Run run) {
        for (Host other : world.hosts()) {
            Processes.Proc proc = other.processes().all().get(run.service());
            // An operator's hasty word and another policy at once: only what is exclusive looks at the holdings of
            // others.
            boolean vouched = !run.exclusive() && world.isConfirmed(run.service());
            boolean excludes = proc != null
                    && !vouched
                    && ((proc.exclusive() && proc.contained())
                            || (run.exclusive() && isOfThisLife(other, run.service())));
            hold(
                    other == host || !excludes,
                    "I1",
                    () -> run.service() + " starts on " + host.node() + " and still runs on " + other.node());
        }
        hold(
                starts.add(new Start(run.service(), run.generation(), host.node(), run.incarnation())),
                "I7",
                () -> run.service() + " " + run.generation() + " is started a second time on " + host.node());
        hold(
                !run.exclusive() || !isRecovering(host, run.service()),
                "I17",
                () -> run.service() + " starts on " + host.node() + " while its recovery runs elsewhere");
        Map<NodeId, Long> open = open(run.service());
        hold(open.isEmpty() || !run.exclusive(), "I6", () -> run.service() + " starts before the recovery of " + open);
    }

    void recoveryBegins(Host host, Effect.Recover recover) {
        hold(
                !recover.exclusive() || !isRecovering(host, recover.service()),
                "I17",
                () -> recover.service() + " is recovered on " + host.node() + " and elsewhere at once");
    }

    /** On another host than this one. */
    private boolean isRecovering(Host host, ServiceName service) {
        return world.hosts().stream().anyMatch(h -> h != host && h.processes().recoversExclusively(service));
    }

    Map<NodeId, Long> open(ServiceName service) {
        return unrecovered.computeIfAbsent(service, k -> new TreeMap<>());
    }

    /** As far as the agent knows; that its processes have vanished it may not have noticed yet. */
    private static boolean hasRun(Host host, ServiceName service) {
        Run run = host.local().runs().get(service);
        return run != null
                && (run.state() == RunState.STARTED || run.state() == RunState.LOST || run.state() == RunState.KILLED);
    }

    /** What was started under policy all survives its session: nobody can know when it stops (docs/invariants.md). */
    private static boolean isOfThisLife(Host host, ServiceName service) {
        Run run = host.local().runs().get(service);
        return run != null
                && host.session()
                        .filter(s -> !s.isEnded() && s.incarnation.equals(run.incarnation()))
                        .isPresent();
    }

    private static boolean isStarted(Host host, ServiceName service) {
        Processes.Proc proc = host.processes().all().get(service);
        return proc != null && !proc.starting();
    }

    void stopBegins(Host host, Run run) {
        boolean ran = isStarted(host, run.service());
        for (Run child : host.local().runs().values()) {
            boolean beneath = child.parent().equals(Optional.of(run.service()))
                    && host.processes().has(child.service());
            hold(
                    !ran || !beneath,
                    "I4",
                    () -> run.service() + " stops on " + host.node() + " before its child " + child.service());
        }
    }

    /** Also one that is all there is to end what has no processes, and that is run when everything else is killed. */
    void stopIsAtWork(Host host, Run run) {
        hold(
                !isLate(run),
                "I19",
                () -> run.service() + " " + run.generation() + " is stopped on " + host.node() + " when its session "
                        + run.incarnation() + " has ended");
    }

    private boolean isLate(Run run) {
        Long ended = endedNanos.get(run.incarnation());
        return run.exclusive()
                && run.contained()
                && ended != null
                && world.timeline().nanos() - ended > run.stopGrace().toNanos();
    }

    private void noStopIsLate(Host host) {
        for (Processes.Stop stop : host.processes().stops()) {
            stopIsAtWork(host, stop.run());
        }
    }

    /** Its stop command has run to its end, whatever it said. */
    void stopEnds(Host host, Run run) {
        stopped.add(new Start(run.service(), run.generation(), host.node(), run.incarnation()));
    }

    boolean isStopped(ServiceName service, Owner owner) {
        return stopped.contains(new Start(service, owner.generation(), owner.node(), owner.incarnation()));
    }

    /** The lease of a host is over: nothing exclusive runs there, but for a stop-grace. */
    void leaseOver(Host host, Lease lease) {
        host.processes()
                .all()
                .forEach((service, proc) -> hold(
                        !proc.isOverdue(lease, world.timeline().now()),
                        "I15",
                        () -> service + " outlives the lease of " + host.node()));
    }

    void notified(Host host, Effect.Notify notify) {
        notified.add(new Notified(notify.service(), notify.generation(), host.node(), host.boot()));
    }

    void recoveryEnds(Host host, Effect.Recover recover, Result result) {
        if (result.succeeded()) {
            open(recover.service()).computeIfPresent(recover.lost(), (n, g) -> g < recover.generation() ? null : g);
        }
    }

    /** A session has ended: what was registered there is to be recovered before it is started anew. */
    void sessionEnds(Host host, Incarnation incarnation) {
        hold(
                host.processes().all().values().stream()
                        .noneMatch(
                                p -> p.exclusive() && p.contained() && p.grace().isZero()),
                "I15",
                () -> "the session of " + host.node() + " ends while it runs "
                        + host.processes().all());
        endedNanos.put(incarnation, world.timeline().nanos());
        // At once, and after each stop-grace.
        for (Processes.Stop stop : host.processes().stops()) {
            world.timeline().in(stop.run().stopGrace().plusNanos(1), () -> noStopIsLate(host));
        }
        NodeId node = host.node();
        for (ServiceAssignment assignment : world.facts().view().assignments().values()) {
            assignment
                    .ownerOn(node, incarnation)
                    .filter(o -> o.started() && o.actions().has(Verb.RECOVERY))
                    .ifPresent(o -> open(assignment.service()).put(node, o.generation()));
        }
    }
}
