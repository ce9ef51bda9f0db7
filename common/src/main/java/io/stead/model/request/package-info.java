/**
 * What operators ask of the leader, and what it answers. A request has a random id, so that one that is repeated, or whose
 * outcome is unknown, is carried out once.
 */
@NullMarked
package io.stead.model.request;

import org.jspecify.annotations.NullMarked;
