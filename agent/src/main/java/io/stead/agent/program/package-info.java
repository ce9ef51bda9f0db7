/**
 * What may be executed on this host at a spec's word, and where it lies (C12): files of the actions directory, and the
 * systemd units and OCF resource agents that the host's own configuration allows, with the parameters that it allows. Any
 * thread.
 */
@NullMarked
package io.stead.agent.program;

import org.jspecify.annotations.NullMarked;
