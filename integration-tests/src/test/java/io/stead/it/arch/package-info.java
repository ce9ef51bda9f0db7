/** The rules of the house, read from the compiled classes: what may use what, and how large a package may grow. */
@NullMarked
package io.stead.it.arch;

import org.jspecify.annotations.NullMarked;
