/**
 * Hosts with a systemd of their own, on this one: what Stead asks of systemd is asked of a real one, one for each node. Uses
 * {@code systemd-nspawn}, root and cgroups; belongs to the thread of the test.
 */
@NullMarked
package io.stead.it.machine;

import org.jspecify.annotations.NullMarked;
