/**
 * What the znodes say, as JSON: one {@link Codec} for each record, all in {@link Codecs}. Small, in a stable field order,
 * with the format's version first; fields that are not known are ignored, a newer version is refused (design.md §4).
 *
 * <p>Uses the model and Jackson's streaming part; the mapping is written out by hand in the packages below, so that what is
 * wrong can be said by its field, and nothing is reflected upon at start. Everything here is stateless and serves any thread.
 */
@NullMarked
package io.stead.schema.codec;

import org.jspecify.annotations.NullMarked;
