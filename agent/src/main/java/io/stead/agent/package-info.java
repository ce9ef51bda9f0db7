/** The agent of a host: the wiring, the configuration, and the loop, the one thread that decides. */
@NullMarked
package io.stead.agent;

import org.jspecify.annotations.NullMarked;
