/**
 * Services: what is decided about them, and what the nodes say of them, as JSON. Reached through {@link io.stead.schema.codec.Codecs}. Uses
 * the model and {@code codec.json}; stateless, any thread.
 */
@NullMarked
package io.stead.schema.codec.service;

import org.jspecify.annotations.NullMarked;
