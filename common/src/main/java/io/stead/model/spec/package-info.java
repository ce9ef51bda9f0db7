/**
 * What the operator wants: the spec of a service and its parts, as `apply` writes it and the planner reads it. Values that
 * validate themselves; what cannot be known from one spec alone (unknown parents, cycles) is checked where specs meet.
 */
@NullMarked
package io.stead.model.spec;

import org.jspecify.annotations.NullMarked;
