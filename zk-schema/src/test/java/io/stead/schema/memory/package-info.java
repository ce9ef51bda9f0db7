/**
 * Znodes in memory, for tests of this and other modules: they pass the contract test of the real ones, answer before the
 * question returns, and can lose a connection or an answer at will.
 */
@NullMarked
package io.stead.schema.memory;

import org.jspecify.annotations.NullMarked;
