/**
 * The leader's decider: {@code plan(ClusterView, Observations, Now) -> Plan}, a pure function with one decider per topic.
 * No I/O, clock, randomness, logging or threads; it works from the whole present view and never from the event that woke it,
 * so that a missed, merged or repeated event changes nothing. `explain`, `simulate`, the history and the simulation tests call
 * the same function.
 */
@NullMarked
package io.stead.plan;

import org.jspecify.annotations.NullMarked;
