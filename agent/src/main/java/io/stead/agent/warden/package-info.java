/**
 * The warden: a process of its own that kills this node's exclusive services when its lease is over and the agent, hung or
 * dead, has not done it. Uses {@code io.stead.agent.container} and {@code io.stead.agent.disk}. Moving the deadline is
 * quick enough for the thread that renews the lease; the rest may block for seconds.
 */
@NullMarked
package io.stead.agent.warden;

import org.jspecify.annotations.NullMarked;
