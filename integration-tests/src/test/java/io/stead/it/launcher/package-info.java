/** {@code bin/stead} as an operator runs it: a process of its own, the packaged jars, what it prints and its exit code. */
@NullMarked
package io.stead.it.launcher;

import org.jspecify.annotations.NullMarked;
