/** The trial's parts, with real processes. */
@NullMarked
package io.stead.cli.dev;

import org.jspecify.annotations.NullMarked;
