/**
 * Specs as JSON: what is wanted of services. Reached through {@link io.stead.schema.codec.Codecs}. Uses the model and
 * {@code codec.json}; stateless, any thread.
 */
@NullMarked
package io.stead.schema.codec.spec;

import org.jspecify.annotations.NullMarked;
