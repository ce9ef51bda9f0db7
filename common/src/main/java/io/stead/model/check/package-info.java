/**
 * What can be told only where specs meet: unknown parents, parents that go round, nodes that nobody knows. Pure
 * functions over specs, for whoever applies them and for the planner, which must live with what is stored.
 */
@NullMarked
package io.stead.model.check;

import org.jspecify.annotations.NullMarked;
