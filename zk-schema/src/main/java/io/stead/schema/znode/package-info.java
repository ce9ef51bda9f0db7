/**
 * Znodes as paths, text and versions: the one way to read and write them, and a live copy of subtrees. Knows neither
 * ZooKeeper's classes nor what the texts mean; {@link io.stead.schema.znode.Znodes} has one implementation over a session and
 * one in memory, and both pass the same contract test. Callbacks come on the implementation's own thread and must not
 * block it.
 */
@NullMarked
package io.stead.schema.znode;

import org.jspecify.annotations.NullMarked;
