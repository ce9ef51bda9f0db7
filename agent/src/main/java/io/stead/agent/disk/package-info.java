/**
 * The agent's own files: replaced whole or not at all, readable by the agent's user only. Uses the JDK alone. Blocking;
 * nothing here is called by a thread that renews a lease, except {@link io.stead.agent.disk.WholeFile#replace}, which
 * forces nothing to the disk.
 */
@NullMarked
package io.stead.agent.disk;

import org.jspecify.annotations.NullMarked;
