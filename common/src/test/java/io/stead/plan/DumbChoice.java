package io.stead.plan;

import static java.util.Objects.requireNonNull;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Placement;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.view.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * B13 written down a second time, as plainly as can be: strike out, then keep the best of each factor in turn. It names all
 * equals that are left; which of them it is, is a matter of taste.
 */
final class DumbChoice {
    private DumbChoice() {}

    /** The nodes that may be given the service by the next plan, when it is the only one to be given. */
    static List<NodeId> candidates(ClusterView view, ServiceName service) {
        Placement placement = requireNonNull(view.services().get(service)).placement();
        List<NodeId> left = new ArrayList<>();
        for (NodeId node : view.members().keySet()) {
            if (mayRun(view, placement, node)) {
                left.add(node);
            }
        }
        left = least(left, n -> failures(view, service, n));
        left = least(left, n -> preference(placement, n));
        left = least(left, n -> load(view, n));
        return least(left, n -> owned(view, n));
    }

    private static boolean mayRun(ClusterView view, Placement placement, NodeId node) {
        boolean allowed = placement.allow().stream().anyMatch(p -> like(p.text(), node));
        boolean denied = placement.deny().stream().anyMatch(p -> like(p.text(), node));
        MemberState state = view.membership().states().get(node);
        boolean joined = state != null
                && state.phase() == MemberPhase.JOINED
                && state.incarnation()
                        .equals(requireNonNull(view.members().get(node)).incarnation());
        NodeStatus status = view.statuses().get(node);
        NodeOverride override = view.overrides().get(node);
        return allowed
                && !denied
                && joined
                && status != null
                && status.ok()
                && (override == null || !override.quiesced());
    }

    private static boolean like(String pattern, NodeId node) {
        return node.value().matches(pattern.replace(".", "\\.").replace("*", ".*"));
    }

    private static int failures(ClusterView view, ServiceName service, NodeId node) {
        ServiceAssignment assignment = view.assignments().get(service);
        if (assignment == null) {
            return 0;
        }
        return assignment.failures().stream()
                .filter(f -> f.node().equals(node)
                        && f.incarnation()
                                .equals(requireNonNull(view.members().get(node)).incarnation()))
                .mapToInt(f -> f.count())
                .sum();
    }

    private static int preference(Placement placement, NodeId node) {
        if (!placement.prefer().contains(node)) {
            return 1_000;
        }
        return placement.order() == PreferenceOrder.RANKED ? placement.prefer().indexOf(node) : 0;
    }

    private static int load(ClusterView view, NodeId node) {
        return requireNonNull(view.statuses().get(node)).load();
    }

    private static int owned(ClusterView view, NodeId node) {
        int owned = 0;
        for (Map.Entry<ServiceName, ServiceAssignment> entry :
                view.assignments().entrySet()) {
            owned += entry.getValue().owners().stream().anyMatch(o -> o.node().equals(node)) ? 1 : 0;
        }
        return owned;
    }

    private static List<NodeId> least(List<NodeId> nodes, java.util.function.ToIntFunction<NodeId> factor) {
        int best = nodes.stream().mapToInt(factor).min().orElse(0);
        return nodes.stream().filter(n -> factor.applyAsInt(n) == best).toList();
    }
}
