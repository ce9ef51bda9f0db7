package io.stead.cli.cluster;

import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.reason.Reason;
import io.stead.model.service.Failure;
import io.stead.model.service.Owner;
import io.stead.model.service.Phase;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.Stopping;
import io.stead.model.spec.Groupings;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.plan.Decision;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A view, and what the planner makes of it here and now: the reasons come from the same function that decides. What only
 * the leader has observed (how long a node has been gone) counts from now, so that spans are the longest possible.
 */
public record Outlook(ClusterView view, Plan plan, Groupings groupings, Now now) {
    public static Outlook of(ClusterView view, Now now) {
        return new Outlook(
                view, Planner.plan(view, Observations.NONE.see(view, now), now), new Groupings(view.services()), now);
    }

    public Phase phase(ServiceAssignment assignment) {
        return Phase.of(assignment, this::lives);
    }

    public Phase phase(Owner owner) {
        return Phase.of(owner, this::lives);
    }

    public boolean lives(Owner owner) {
        return view.lives(owner.node(), owner.incarnation());
    }

    /** What is in maintenance at this moment. */
    public Maintenance maintenance() {
        return view.maintenance().at(now.wall());
    }

    /** Since when the owner is in its phase. */
    public Instant since(Owner owner) {
        return switch (phase(owner)) {
            case STOPPING -> owner.stopping().map(Stopping::since).orElse(owner.since());
            case RECOVERING -> owner.recovery().map(Recovery::since).orElse(owner.since());
            case REGISTERED -> owner.startedAt().orElse(owner.since());
            case STARTING, AWAITING_MATURITY, FAILED, DEREGISTERED -> owner.since();
        };
    }

    /** What an operator should know of a service that runs, and that nobody will change by itself. */
    public Optional<Reason> remark(ServiceName service) {
        ServiceSpec spec = view.services().get(service);
        ServiceSpec root = view.services().get(groupings.root(service));
        if (spec == null || root == null) {
            return Optional.empty();
        }
        for (Owner owner : view.assignment(service).owners()) {
            if (phase(owner) == Phase.REGISTERED && !owner.restart()) {
                if (spec.equals(root) && !root.placement().isAllowed(owner.node())) {
                    return Optional.of(new Reason.NoLongerAllowed(service, owner.node()));
                }
                if (!owner.actions().equals(spec.actions())
                        || !owner.stopGrace().equals(spec.stopGrace())) {
                    return Optional.of(new Reason.SpecChanged(service, owner.node()));
                }
            }
        }
        return lately(view.assignment(service));
    }

    /** It runs now, and may be about to fail again. */
    private static Optional<Reason> lately(ServiceAssignment assignment) {
        int times = assignment.failures().stream().mapToInt(Failure::count).sum();
        return assignment.failures().stream()
                .max(Comparator.comparing(Failure::last))
                .filter(_ -> !assignment.owners().isEmpty())
                .map(last -> new Reason.FailedLately(times, last.node(), last.detail()));
    }

    /** What the service waits for or is about to do, if anything. */
    public Optional<Reason> why(ServiceName service) {
        return Optional.ofNullable(plan.why().get(service));
    }

    /** Why the service is as it is, in words. */
    public String reason(ServiceName service) {
        return why(service)
                .map(Reason::sentence)
                .orElseGet(() -> view.assignment(service).reason());
    }

    /** Whether the leader has nothing left to decide about the service as things stand. */
    public boolean isAtRest(ServiceName service) {
        return plan.decisions().stream()
                .noneMatch(d -> d instanceof Decision.SetAssignment set
                        && set.assignment().service().equals(service));
    }
}
