/**
 * The node's decider: {@code reconcile(NodeView, LocalState, Lease, Now) -> Work}, a pure function. What a node does follows
 * from what the store says, what the node itself has under way, and how long it may still hold. No I/O, clock, logging or
 * threads; the agent and the simulation carry out the same effects and keep the same {@link
 * io.stead.reconcile.LocalState}.
 */
@NullMarked
package io.stead.reconcile;

import org.jspecify.annotations.NullMarked;
