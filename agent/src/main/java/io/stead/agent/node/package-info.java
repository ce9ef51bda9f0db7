/**
 * Node duty: reconcile, carry out what it says, report what is held. The decisions are {@code io.stead.reconcile}'s; here
 * are the deeds, each on a virtual thread with a deadline, its end coming back to the deciding thread as an event.
 */
@NullMarked
package io.stead.agent.node;

import org.jspecify.annotations.NullMarked;
