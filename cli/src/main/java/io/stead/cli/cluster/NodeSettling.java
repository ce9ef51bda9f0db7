package io.stead.cli.cluster;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Text;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeOverride;
import io.stead.model.reason.Reason;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** When a request about a node has settled. */
final class NodeSettling {
    private static final int SHOWN = 4;

    private NodeSettling() {}

    static Progress quiesced(Goal.Quiesced goal, Outlook now) {
        return override(goal.node(), now).filter(NodeOverride::quiesced).isPresent()
                ? new Progress.Done(goal.node() + " is quiesced: it takes nothing new and keeps its own")
                : new Progress.Missed(goal.node() + " was resumed meanwhile");
    }

    static Progress resumed(Goal.Resumed goal, Outlook now) {
        return override(goal.node(), now).filter(NodeOverride::quiesced).isEmpty()
                ? new Progress.Done(goal.node()
                        + (now.view().membership().phase(goal.node()) == MemberPhase.INACTIVE
                                        && now.view().members().containsKey(goal.node())
                                ? " is resumed, and has left all the same: `stead node join " + goal.node() + "`"
                                : " takes services again"))
                : new Progress.Missed(goal.node() + " was quiesced meanwhile");
    }

    static Progress drained(Goal.Drained goal, Outlook now) {
        NodeId node = goal.node();
        if (override(node, now).filter(NodeOverride::drained).isEmpty()) {
            return new Progress.Missed(node + " is not being drained any more");
        }
        List<ServiceName> staying = new ArrayList<>();
        List<ServiceName> going = new ArrayList<>();
        for (ServiceName service : owned(node, now)) {
            (stays(service, now) ? staying : going).add(service);
        }
        going.addAll(underWay(node, now));
        if (!going.isEmpty()) {
            return new Progress.Waiting(moving(going, now));
        }
        return staying.isEmpty()
                ? new Progress.Done(node + " is drained: nothing is left on it")
                : new Progress.Missed(staying(node, staying));
    }

    /** The node stays drained: what could not go now goes as soon as it can. */
    private static String staying(NodeId node, List<ServiceName> staying) {
        boolean one = staying.size() == 1;
        return "accepted, and %s takes nothing new, but %s: no other node can take %s; see `stead explain %s`, and resume,"
                        .formatted(
                                node,
                                Text.listed(staying, SHOWN) + (one ? " stays" : " stay"),
                                one ? "it" : "them",
                                staying.getFirst())
                + " mend or add a node that can: " + (one ? "it goes" : "they go") + " there by "
                + (one ? "itself" : "themselves");
    }

    static Progress left(Goal.Left goal, Outlook now) {
        NodeId node = goal.node();
        Optional<MemberState> state = now.view().membership().of(node);
        boolean another = goal.life().isPresent()
                && state.isPresent()
                && !state.get().incarnation().equals(goal.life().get());
        if (now.view().membership().phase(node) == MemberPhase.INACTIVE && !another) {
            return new Progress.Done(node + " has left and is inactive");
        }
        if (another || now.view().membership().phase(node) == MemberPhase.JOINED) {
            return new Progress.Missed(node + " has joined anew");
        }
        List<ServiceName> owned = owned(node, now);
        return new Progress.Waiting(owned.isEmpty() ? node + " is " + word(node, now) : moving(owned, now));
    }

    static Progress joined(Goal.Joined goal, Outlook now) {
        return now.view().membership().phase(goal.node()) == MemberPhase.JOINED
                ? new Progress.Done(goal.node() + " is joined")
                : new Progress.Waiting(goal.node() + " is " + word(goal.node(), now));
    }

    static Progress forcedOut(Goal.ForcedOut goal, Outlook now) {
        NodeId node = goal.node();
        boolean lives =
                goal.life().isPresent() && now.view().lives(node, goal.life().get());
        if (!lives && now.view().membership().phase(node) != MemberPhase.FORCED_LEAVING) {
            return new Progress.Done(
                    now.view().membership().phase(node) == MemberPhase.JOINED
                            ? node + " was forced out, and has joined anew"
                            : node + " was forced out; if its agent lives, it joins anew by itself");
        }
        List<ServiceName> owned = owned(node, now);
        return new Progress.Waiting(
                lives
                        ? node + " is being forced out: its session has not ended yet"
                        : owned.isEmpty() ? node + " is being forced out" : moving(owned, now));
    }

    private static Optional<NodeOverride> override(NodeId node, Outlook now) {
        return Optional.ofNullable(now.view().overrides().get(node))
                .filter(o -> !o.hasExpired(now.now().wall()));
    }

    private static List<ServiceName> owned(NodeId node, Outlook now) {
        List<ServiceName> owned = new ArrayList<>();
        for (ServiceAssignment a : new TreeMap<>(now.view().assignments()).values()) {
            Optional<Owner> owner = a.ownerOn(node);
            if (owner.isPresent()) {
                owned.add(a.service());
            }
        }
        return owned;
    }

    /** What has left the node, and is not yet registered elsewhere though it may be. */
    private static List<ServiceName> underWay(NodeId node, Outlook now) {
        return new TreeMap<>(now.view().assignments())
                .values().stream()
                        .filter(a -> a.ownerOn(node).isEmpty())
                        .filter(a ->
                                a.transfer().filter(t -> t.from().equals(node)).isPresent())
                        .map(ServiceAssignment::service)
                        .toList();
    }

    /** Nobody else can take it; a child stays with its parent. */
    private static boolean stays(ServiceName service, Outlook now) {
        ServiceName root = now.groupings().root(service);
        return now.why(root).filter(Reason.NowhereElse.class::isInstance).isPresent();
    }

    private static String moving(List<ServiceName> services, Outlook now) {
        ServiceName first = services.getFirst();
        String more = services.size() == 1 ? "" : "; and " + (services.size() - 1) + " more";
        return Settling.waiting(first, now.view().assignment(first), now).sentence() + more;
    }

    private static String word(NodeId node, Outlook now) {
        return Words.of(now.view().membership().phase(node));
    }
}
