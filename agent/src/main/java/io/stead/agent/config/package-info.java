/**
 * The agent's configuration (design.md §7): flags, environment, file and defaults, in that order, checked before
 * anything starts. Reads the environment and one file, once, in {@code main}; its values are immutable.
 */
@NullMarked
package io.stead.agent.config;

import org.jspecify.annotations.NullMarked;
