/**
 * One life of a node, from its session's first connect to its end: its membership, its lease and who looks after it, and the
 * loop of the deciding thread that drives both duties.
 */
@NullMarked
package io.stead.agent.life;

import org.jspecify.annotations.NullMarked;
