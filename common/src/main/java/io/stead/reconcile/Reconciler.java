package io.stead.reconcile;

import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Verb;
import io.stead.model.view.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node does now (design.md §2; protocols.md, Taking and Services), in this order:
 *
 * <pre>
 *   forced out                      kill all that runs, then end the session
 *   lease over, stop-grace too      kill what is exclusive
 *   lease low                       stop what is exclusive
 *   owner here, to stop             stop it
 *   owner here, not started         holding first; when nobody else holds: start
 *   a run that nobody owns any more stop it; when it is over: forget it, and its holding is free
 *   errands                         recover, notify
 *   last                            say what is held and how verbs ended, where the store says otherwise
 * </pre>
 */
public final class Reconciler {
    private final NodeView view;
    private final LocalState local;
    private final Lease lease;
    private final Now now;
    private final List<Effect> effects = new ArrayList<>();
    private final Map<ServiceName, String> waits = new HashMap<>();
    private final List<Run> upcoming = new ArrayList<>();
    private @Nullable Duration reconsider;

    private Reconciler(NodeView view, LocalState local, Lease lease, Now now) {
        this.view = view;
        this.local = local;
        this.lease = lease;
        this.now = now;
    }

    public static Work reconcile(NodeView view, LocalState local, Lease lease, Now now) {
        return new Reconciler(view, local, lease, now).decide();
    }

    private Work decide() {
        if (isForcedOut()) {
            halt();
            return work();
        }
        for (Run run : new TreeMap<>(local.runs()).values()) {
            decideRun(run);
        }
        if (!lease.isLow(now)) {
            takeWhatIsMine();
            effects.addAll(Errands.due(view, local));
            lookAgainIn(lease.untilLow(now));
        }
        if (!local.publishing()) {
            Publishing.due(view, local).ifPresent(effects::add);
        }
        return work();
    }

    private boolean isForcedOut() {
        return view.state()
                .filter(s -> s.phase() == MemberPhase.FORCED_LEAVING
                        && s.incarnation().equals(view.incarnation()))
                .isPresent();
    }

    private void halt() {
        for (Run run : new TreeMap<>(local.runs()).values()) {
            if (ownerOf(run).isEmpty() && isConfirmedStopped(run)) {
                effects.add(new Effect.Forget(run));
            } else if (run.state().mayRun()) {
                kill(run);
            }
        }
        if (local.isIdle()) {
            effects.add(new Effect.EndSession("this node was forced out"));
        }
    }

    private void decideRun(Run run) {
        Optional<Owner> owner = ownerOf(run);
        if (run.exclusive() && run.state().mayRun()) {
            if (lease.isOverSince(run.stopGrace(), now)) {
                kill(run);
                return;
            }
            lookAgainIn(lease.untilOverSince(run.stopGrace(), now));
        }
        if (run.state().isBusy() || local.killing().contains(run.service())) {
            return;
        } else if (owner.isEmpty()) {
            endUnowned(run);
        } else if (owner.get().stopping().isPresent() && mayStop(run)) {
            stop(run);
        } else if (run.exclusive() && lease.isLow(now) && runs(run)) {
            stop(run);
        }
    }

    /**
     * What runs stops after its children, whoever wants it to stop (B16); what may be killed is not asked in turn. A stop
     * command alone has no hurry, and might meet the next owner once the lease is over.
     */
    private void stop(Run run) {
        Optional<ServiceName> child = local.runs().values().stream()
                .filter(r -> r.parent().equals(Optional.of(run.service())))
                .filter(r -> r.state().mayRun())
                .map(Run::service)
                .min(Comparator.naturalOrder());
        if (child.isPresent() && (runs(run) || run.state() == RunState.UNKNOWN)) {
            waits.put(run.service(), "waiting until " + child.get() + " has stopped");
        } else if (run.exclusive() && !run.state().mayRun() && lease.isSessionLow(now)) {
            waits.put(run.service(), "waiting for the lease to run the stop command of what runs no more");
        } else {
            effects.add(new Effect.Stop(run));
        }
    }

    private static boolean runs(Run run) {
        return run.state() == RunState.STARTED || run.state() == RunState.FAILING;
    }

    private static boolean mayStop(Run run) {
        return switch (run.state()) {
            case STARTED, FAILING, UNKNOWN, LOST, KILLED -> true;
            case STARTING, START_FAILED, STOPPING, CLEARING, STOPPED, STOP_FAILED, STUCK, FORGETTING -> false;
        };
    }

    /** An assignment that can't be read now is not one that was taken away: the service runs on. */
    private void endUnowned(Run run) {
        if (view.isFrozen(run.service())) {
            waits.put(run.service(), "its assignment can't be read");
        } else if (run.state().isOver() || isConfirmedStopped(run) || (isOfAnotherLife(run) && run.isGone())) {
            effects.add(new Effect.Forget(run));
        } else if (run.state() == RunState.STUCK) {
            waits.put(run.service(), "something of an earlier life can't be killed; waiting until it has ended");
        } else if (isOfAnotherLife(run)) {
            kill(run);
        } else {
            stop(run);
        }
    }

    /** What a former life had was recovered elsewhere, or is registered there by now: a stop command comes too late. */
    private boolean isOfAnotherLife(Run run) {
        return (run.exclusive() || run.isGone()) && !run.incarnation().equals(view.incarnation());
    }

    /** Within one life, only the operator's word takes away the owner of what could not be stopped. */
    private boolean isConfirmedStopped(Run run) {
        return run.state() == RunState.STOP_FAILED
                || (run.state() == RunState.STUCK && run.incarnation().equals(view.incarnation()));
    }

    private void takeWhatIsMine() {
        for (ServiceAssignment assignment : view.mine()) {
            ServiceName service = assignment.service();
            Run run = local.runs().get(service);
            Optional<Owner> owner = ownerOf(service);
            if (owner.isEmpty() || run != null) {
                continue;
            }
            if (owner.get().stopping().isPresent()) {
                effects.add(new Effect.Stop(Run.of(service, owner.get(), RunState.UNKNOWN)));
                continue;
            }
            Run next = Run.of(service, owner.get(), owner.get().started() ? RunState.STARTED : RunState.STARTING);
            if (isMineToActOn(service, owner.get())) {
                effects.add(owner.get().started() ? new Effect.Adopt(next) : new Effect.Start(next));
            } else if (!owner.get().started()) {
                upcoming.add(next);
            }
        }
    }

    /** The holding is written, was read back with this generation, and nobody else holds (protocols.md, Taking). */
    private boolean isMineToActOn(ServiceName service, Owner owner) {
        if (view.isFrozen(service)) {
            waits.put(service, "something of it can't be read, perhaps that somebody else holds it");
            return false;
        }
        Optional<Errand> errand = Errands.atWork(view, local, service);
        if (errand.isPresent()) {
            waits.put(
                    service,
                    "waiting until its " + (errand.get().verb() == Verb.NOTIFY ? "notify command" : "recovery")
                            + " here has ended");
            return false;
        }
        Optional<Holding> own = view.own(service);
        if (own.isEmpty()
                || own.get().generation() != owner.generation()
                || own.get().state() != HoldingState.ACQUIRING) {
            return false;
        }
        if (owner.parent().filter(p -> !runs(p)).isPresent()) {
            waits.put(service, "waiting until its parent " + owner.parent().get() + " runs");
            return false;
        }
        if (!owner.exclusive()) {
            return true;
        }
        Optional<NodeId> other = view.holdings().getOrDefault(service, List.of()).stream()
                .filter(h -> !h.node().equals(view.me()) && h.state() != HoldingState.FREE)
                .map(Holding::node)
                .findFirst();
        other.ifPresent(node -> waits.put(service, "waiting until " + node + " lets go of it"));
        return other.isEmpty();
    }

    /** The leader may not know yet that it has stopped here. */
    private boolean runs(ServiceName service) {
        Run run = local.runs().get(service);
        return run != null && run.state() == RunState.STARTED;
    }

    private Optional<Owner> ownerOf(Run run) {
        return ownerOf(run.service()).filter(o -> o.generation() == run.generation());
    }

    private Optional<Owner> ownerOf(ServiceName service) {
        ServiceAssignment assignment = view.assignments().get(service);
        return assignment == null ? Optional.empty() : assignment.ownerOn(view.me(), view.incarnation());
    }

    /**
     * Once: what a kill could not end has it coming, and ends when it can. A stop command that is all there is to end a service is
     * not killed.
     */
    private void kill(Run run) {
        boolean ends = run.state() == RunState.STOPPING && !run.contained();
        if (run.state() != RunState.STUCK && !ends && !local.killing().contains(run.service())) {
            effects.add(new Effect.Kill(run));
        }
    }

    private void lookAgainIn(Duration span) {
        Duration known = reconsider;
        if (known == null || span.compareTo(known) < 0) {
            reconsider = span;
        }
    }

    private Work work() {
        return new Work(effects, waits, upcoming, Optional.ofNullable(reconsider));
    }
}
