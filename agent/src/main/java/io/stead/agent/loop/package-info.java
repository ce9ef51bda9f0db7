/**
 * The one deciding thread of an agent and its mailbox: watches and timers wake it, finished effects are put in as events, and
 * everything that decides runs on it (design.md §3).
 */
@NullMarked
package io.stead.agent.loop;

import org.jspecify.annotations.NullMarked;
