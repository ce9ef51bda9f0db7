/** The operator's command line. One class per verb; one thread. */
@NullMarked
package io.stead.cli;

import org.jspecify.annotations.NullMarked;
