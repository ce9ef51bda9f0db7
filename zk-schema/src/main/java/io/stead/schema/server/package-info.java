/**
 * A ZooKeeper server from the distribution: standalone, or a member of an ensemble, with defaults that suit Stead. A process of
 * its own; nothing else of Stead runs in it. Threads are ZooKeeper's.
 */
@NullMarked
package io.stead.schema.server;

import org.jspecify.annotations.NullMarked;
