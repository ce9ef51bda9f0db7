/**
 * Nodes as members: presence, status, overrides and the transition vector, as JSON. Reached through {@link io.stead.schema.codec.Codecs}. Uses
 * the model and {@code codec.json}; stateless, any thread.
 */
@NullMarked
package io.stead.schema.codec.member;

import org.jspecify.annotations.NullMarked;
