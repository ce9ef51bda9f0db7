package io.stead.model.spec;

import io.stead.model.NodeId;
import java.util.List;
import java.util.OptionalInt;

/**
 * The choosing factors of a service (B13, B14, B21).
 *
 * @param allow nodes that may run it
 * @param deny nodes that may not, whatever {@code allow} says; adding one moves nothing by itself
 * @param prefer the preferred nodes, best first where {@code order} is ranked
 */
public record Placement(
        List<NodePattern> allow,
        List<NodePattern> deny,
        List<NodeId> prefer,
        PreferenceOrder order,
        Policy policy,
        Register register,
        Maturity maturity,
        TransferCost transfer) {
    /** Everything left out: any node, one of them, by itself, at once. */
    public static final Placement ANYWHERE = new Placement(
            List.of(new NodePattern("*")),
            List.of(),
            List.of(),
            PreferenceOrder.RANKED,
            Policy.ONE,
            Register.AUTO,
            Maturity.AT_ONCE,
            TransferCost.COSTLY);

    public Placement {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        prefer = List.copyOf(prefer);
    }

    public boolean isAllowed(NodeId node) {
        return matches(allow, node) && !matches(deny, node);
    }

    public boolean isDenied(NodeId node) {
        return matches(deny, node);
    }

    /** A loop, because a plan asks this for every node and service. */
    private static boolean matches(List<NodePattern> patterns, NodeId node) {
        for (NodePattern pattern : patterns) {
            if (pattern.matches(node)) {
                return true;
            }
        }
        return false;
    }

    /** Smaller is better; every node that is not preferred has the same, worst rank. */
    public int rank(NodeId node) {
        int at = prefer.indexOf(node);
        if (at < 0) {
            return prefer.size();
        }
        return order == PreferenceOrder.RANKED ? at : 0;
    }

    /** The rank of the primary nodes (B14): the top rank, or any preferred one; empty where nothing is preferred. */
    public OptionalInt primaryRank() {
        return prefer.isEmpty() ? OptionalInt.empty() : OptionalInt.of(0);
    }

    /** Whether the rule as written can never allow a node: whatever an allow pattern matches, a deny pattern does, too. */
    public boolean allowsNothing() {
        return allow.stream().allMatch(a -> deny.stream().anyMatch(d -> d.covers(a)));
    }
}
