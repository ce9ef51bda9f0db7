/**
 * The cluster as the znodes say it, whole for the leader and in part for a node. Facts only: what the deciders read.
 */
@NullMarked
package io.stead.model.view;

import org.jspecify.annotations.NullMarked;
