package io.stead.simulate;

import io.stead.model.NodeId;
import java.util.List;

/**
 * What is supposed to happen to the nodes, all at once.
 *
 * @param down nodes that are lost
 * @param up known nodes that come back, under new sessions
 * @param added nodes that were never seen
 */
public record Changes(List<NodeId> down, List<NodeId> up, List<NodeId> added) {
    /** Nothing: what the cluster comes to by itself. */
    public static final Changes NONE = new Changes(List.of(), List.of(), List.of());

    public Changes {
        down = List.copyOf(down);
        up = List.copyOf(up);
        added = List.copyOf(added);
    }

    public static Changes down(NodeId... nodes) {
        return new Changes(List.of(nodes), List.of(), List.of());
    }

    public static Changes up(NodeId... nodes) {
        return new Changes(List.of(), List.of(nodes), List.of());
    }

    public static Changes added(NodeId... nodes) {
        return new Changes(List.of(), List.of(), List.of(nodes));
    }
}
