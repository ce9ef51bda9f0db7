/**
 * What keeps the processes of a service together, so that all of them can be found and killed, also by an agent that did
 * not start them: cgroups (version 2), or process groups and a cookie in the environment where there are none. Uses the
 * kernel's files and {@code io.stead.agent.disk}. Blocking, on any thread; one caller per cell at a time.
 */
@NullMarked
package io.stead.agent.container;

import org.jspecify.annotations.NullMarked;
