/**
 * The nouns of Stead: names, identities and time. Immutable values that validate themselves; they use the JDK's value
 * classes only and are safe to share between threads.
 */
@NullMarked
package io.stead.model;

import org.jspecify.annotations.NullMarked;
