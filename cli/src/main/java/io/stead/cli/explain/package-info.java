/** Why things are where they are, and why not elsewhere (C6): the planner's own weighing, said in words. Pure. */
@NullMarked
package io.stead.cli.explain;

import org.jspecify.annotations.NullMarked;
