/** Benchmarks: they print figures and assert nothing (design.md §9). `bin/bench` runs them. */
@NullMarked
package io.stead.it.bench;

import org.jspecify.annotations.NullMarked;
