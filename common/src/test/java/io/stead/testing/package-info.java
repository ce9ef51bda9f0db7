/** A cluster in the hands of a test, for every test of this module. Single-threaded. */
@NullMarked
package io.stead.testing;

import org.jspecify.annotations.NullMarked;
