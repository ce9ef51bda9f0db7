/**
 * A cluster of nodes that reconcile, lag, stall, fail and die, in virtual time and from a seed. Everything runs on the
 * test's thread; nothing reads a clock. {@link io.stead.simulate.world.Invariants} watches what happens.
 */
@NullMarked
package io.stead.simulate.world;

import org.jspecify.annotations.NullMarked;
