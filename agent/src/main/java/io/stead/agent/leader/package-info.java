/**
 * Leader duty: observe, plan, commit. The decisions are {@code io.stead.plan}'s; here is who may commit them, and when. All of it
 * belongs to the deciding thread; transactions are under way elsewhere, at most one at a time.
 */
@NullMarked
package io.stead.agent.leader;

import org.jspecify.annotations.NullMarked;
