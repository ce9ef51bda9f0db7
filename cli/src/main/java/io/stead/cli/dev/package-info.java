/**
 * {@code stead dev}: ZooKeeper, some agents and a sample service on this machine, as real processes by the same launcher,
 * for as long as the command runs. One thread; what must happen after its death is done by a shell of its own.
 */
@NullMarked
package io.stead.cli.dev;

import org.jspecify.annotations.NullMarked;
