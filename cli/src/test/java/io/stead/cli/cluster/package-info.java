/** When requests have settled. */
@NullMarked
package io.stead.cli.cluster;

import org.jspecify.annotations.NullMarked;
