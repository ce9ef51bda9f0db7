/** Services that are placed, moved and taken over by real agents, and the operators' words about them. */
@NullMarked
package io.stead.it.services;

import org.jspecify.annotations.NullMarked;
