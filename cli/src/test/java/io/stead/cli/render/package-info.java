/** Tables and ages. */
@NullMarked
package io.stead.cli.render;

import org.jspecify.annotations.NullMarked;
