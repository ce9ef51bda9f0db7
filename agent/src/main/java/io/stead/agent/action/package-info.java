/**
 * Commands that a spec names (C10, C12): programs out of the host's own actions directory, run in a clean environment, in
 * a container, with a time limit. A small shell launcher stands between the agent and the program; it outlives the agent
 * and writes down how the program ended. Uses {@code io.stead.agent.container},
 * {@code io.stead.agent.output} and {@code io.stead.agent.disk}. Blocking:
 * each run on a virtual thread of its own.
 */
@NullMarked
package io.stead.agent.action;

import org.jspecify.annotations.NullMarked;
