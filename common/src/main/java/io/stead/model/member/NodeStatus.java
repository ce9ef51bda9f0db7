package io.stead.model.member;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;

/**
 * How a node fares, written by itself and on change only (A2).
 *
 * @param ok whether it can serve
 * @param load recent performance: one-minute load average × 100 / cores, in steps of 10 (design.md §7)
 * @param wantsLeave whether it asks to be taken through a graceful leave, because its host shuts down
 */
public record NodeStatus(NodeId node, Incarnation incarnation, boolean ok, int load, boolean wantsLeave) {
    public NodeStatus {
        if (load < 0) {
            throw new IllegalArgumentException("load " + load + " is negative");
        }
    }
}
