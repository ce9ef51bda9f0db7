/** {@code stead dev}: the first thing a newcomer runs, from its start to its leaving nothing behind. */
@NullMarked
package io.stead.it.dev;

import org.jspecify.annotations.NullMarked;
