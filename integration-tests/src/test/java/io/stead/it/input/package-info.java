/** What operators and hosts get wrong, and what has become of a store: one clear line each, and the rest works on. */
@NullMarked
package io.stead.it.input;

import org.jspecify.annotations.NullMarked;
