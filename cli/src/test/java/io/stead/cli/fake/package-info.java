/** A cluster in memory around the real planner, and a shell that keeps what was written to it. */
@NullMarked
package io.stead.cli.fake;

import org.jspecify.annotations.NullMarked;
