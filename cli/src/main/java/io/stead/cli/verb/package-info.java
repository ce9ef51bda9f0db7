/** What all verbs share: how they are called, how they ask the leader for something and wait until it has settled. */
@NullMarked
package io.stead.cli.verb;

import org.jspecify.annotations.NullMarked;
