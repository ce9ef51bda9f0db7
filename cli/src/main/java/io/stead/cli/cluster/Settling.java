package io.stead.cli.cluster;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.service.Failure;
import io.stead.model.service.Owner;
import io.stead.model.service.Phase;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Policy;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When an accepted request has settled: a pure function of the view. The answer is in the store together with what the
 * request changed, so a view that was read after the answer shows its effect.
 */
public final class Settling {
    private Settling() {}

    /**
     * How far the goal is.
     *
     * @param before the view before the request, for what has changed since
     * @param now the view at present, and what the planner makes of it
     */
    public static Progress look(Goal goal, ClusterView before, Outlook now) {
        return switch (goal) {
            case Goal.Registered g -> registered(g, before, now);
            case Goal.Transferred g -> transferred(g, before, now);
            case Goal.Restarted g -> restarted(g, before, now);
            case Goal.Deregistered g -> deregistered(g, before, now);
            case Goal.Ended g -> ended(g, before, now);
            case Goal.Placed g -> Placing.placed(g, now);
            case Goal.Quiesced g -> NodeSettling.quiesced(g, now);
            case Goal.Resumed g -> NodeSettling.resumed(g, now);
            case Goal.Drained g -> NodeSettling.drained(g, now);
            case Goal.Left g -> NodeSettling.left(g, now);
            case Goal.Joined g -> NodeSettling.joined(g, now);
            case Goal.ForcedOut g -> NodeSettling.forcedOut(g, now);
            case Goal.Accepted g -> new Progress.Done(g.sentence());
        };
    }

    private static Progress registered(Goal.Registered goal, ClusterView before, Outlook now) {
        ServiceName service = goal.service();
        ServiceSpec spec = now.view().services().get(service);
        ServiceAssignment a = now.view().assignment(service);
        if (spec == null) {
            return new Progress.Missed(service + ": its spec was deleted meanwhile");
        }
        if (a.generation() > goal.generation() && a.wanted().equals(Optional.of(false))) {
            return new Progress.Missed(service + " was deregistered meanwhile");
        }
        Optional<Owner> owner = a.owners().stream()
                .filter(o -> now.phase(o) == Phase.REGISTERED)
                .filter(o -> goal.on().isEmpty()
                        ? spec.placement().policy() == Policy.ALL || o.generation() >= goal.generation()
                        : o.generation() >= goal.generation())
                .findFirst();
        boolean all = spec.placement().policy() == Policy.ALL && goal.on().isEmpty();
        boolean settled = owner.isPresent()
                && a.transfer().isEmpty()
                && (!all || (now.phase(a) == Phase.REGISTERED && now.isAtRest(service)));
        if (!settled) {
            return waiting(service, a, now);
        }
        return on(goal.on(), a, now)
                ? new Progress.Done(isOn(service, a, before))
                : elsewhere(service, a, goal.on().orElseThrow());
    }

    private static Progress transferred(Goal.Transferred goal, ClusterView before, Outlook now) {
        ServiceName service = goal.service();
        ServiceAssignment a = now.view().assignment(service);
        if (a.transfer().isPresent()) {
            return waiting(service, a, now);
        }
        if (a.owners().isEmpty()) {
            return new Progress.Missed(service + " is " + now.phase(a).word() + " now: " + now.reason(service));
        }
        Owner owner = a.owners().getFirst();
        if (owner.generation() <= goal.generation()) {
            return new Progress.Missed(service + " is still on " + owner.node() + ": the transfer was given up");
        }
        if (now.phase(owner) != Phase.REGISTERED) {
            return waiting(service, a, now);
        }
        return on(goal.to(), a, now)
                ? new Progress.Done(isOn(service, a, before))
                : elsewhere(service, a, goal.to().orElseThrow());
    }

    private static Progress restarted(Goal.Restarted goal, ClusterView before, Outlook now) {
        ServiceName service = goal.service();
        ServiceAssignment a = now.view().assignment(service);
        boolean isOver = a.transfer().isEmpty() && now.isAtRest(service);
        for (Owner earlier : before.assignment(service).owners()) {
            boolean isMeant = goal.on().isEmpty() || goal.on().get().equals(earlier.node());
            Optional<Owner> owner = a.ownerOn(earlier.node());
            boolean isNew = owner.filter(o -> o.generation() > goal.generation() && now.phase(o) == Phase.REGISTERED)
                    .isPresent();
            if (isMeant && !isNew) {
                return isOver && owner.isEmpty() && !a.owners().isEmpty()
                        ? elsewhere(service, a, earlier.node())
                        : waiting(service, a, now);
            }
        }
        return new Progress.Done(
                service + " was restarted on " + goal.on().map(NodeId::value).orElse(nodes(a)));
    }

    private static Progress deregistered(Goal.Deregistered goal, ClusterView before, Outlook now) {
        ServiceAssignment a = now.view().assignment(goal.service());
        if (a.owners().isEmpty()) {
            return new Progress.Done(goal.service() + " is deregistered" + was(goal.service(), a, before));
        }
        return a.generation() > goal.generation() && !a.wanted().equals(Optional.of(false))
                ? new Progress.Missed(goal.service() + " was registered again meanwhile")
                : waiting(goal.service(), a, now);
    }

    private static Progress ended(Goal.Ended goal, ClusterView before, Outlook now) {
        ServiceAssignment a = now.view().assignment(goal.service());
        if (a.owners().isEmpty()) {
            return new Progress.Done(goal.service() + " is deleted" + was(goal.service(), a, before));
        }
        return now.view().services().containsKey(goal.service())
                ? new Progress.Missed(goal.service() + " was applied again meanwhile")
                : waiting(goal.service(), a, now);
    }

    static Progress waiting(ServiceName service, ServiceAssignment a, Outlook now) {
        String failure = a.failures().stream()
                .filter(f -> !f.detail().isEmpty())
                .max(Comparator.comparing(Failure::last))
                .map(f -> " (last failure, on " + f.node() + ": " + f.detail() + ")")
                .orElse("");
        return new Progress.Waiting(service + " is " + now.phase(a).word() + ": " + now.reason(service) + failure);
    }

    private static boolean on(Optional<NodeId> wanted, ServiceAssignment a, Outlook now) {
        return wanted.isEmpty()
                || a.ownerOn(wanted.get())
                        .filter(o -> now.phase(o) == Phase.REGISTERED)
                        .isPresent();
    }

    private static Progress elsewhere(ServiceName service, ServiceAssignment a, NodeId wanted) {
        String why = a.failures().stream()
                .filter(f -> f.node().equals(wanted))
                .map(f -> ": its start failed there" + (f.detail().isEmpty() ? "" : ": " + f.detail()))
                .findFirst()
                .orElse("");
        return new Progress.Missed(service + " is on " + nodes(a) + " and not on " + wanted + why);
    }

    private static String isOn(ServiceName service, ServiceAssignment a, ClusterView before) {
        return service + " is registered on " + nodes(a) + was(service, a, before);
    }

    private static String was(ServiceName service, ServiceAssignment a, ClusterView before) {
        List<Owner> earlier = before.assignment(service).owners();
        String text = nodes(before.assignment(service));
        return earlier.isEmpty() || text.equals(nodes(a))
                ? ""
                : " (was " + (a.owners().isEmpty() ? "on " : "") + text + ")";
    }

    private static String nodes(ServiceAssignment a) {
        return a.owners().stream().map(o -> o.node().value()).collect(Collectors.joining(", "));
    }
}
