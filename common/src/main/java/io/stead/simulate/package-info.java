/**
 * A cluster in virtual time around {@link io.stead.plan.Planner}: what would happen if nodes went or came (C6). The store is
 * {@link io.stead.simulate.Facts}, in memory; nodes are ideal and do at once what they are asked. The module's tests put
 * nodes that reconcile, fail, stall and die around the same store. Single-threaded, without I/O or clock; every value
 * that comes out is immutable.
 */
@NullMarked
package io.stead.simulate;

import org.jspecify.annotations.NullMarked;
