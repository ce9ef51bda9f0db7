/**
 * Requests and their answers, as JSON. Reached through {@link io.stead.schema.codec.Codecs}. Uses
 * the model and {@code codec.json}; stateless, any thread.
 */
@NullMarked
package io.stead.schema.codec.request;

import org.jspecify.annotations.NullMarked;
