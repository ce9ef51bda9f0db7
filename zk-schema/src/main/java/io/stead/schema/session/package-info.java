/**
 * The session keeper: one ZooKeeper session, the lease that its committed writes earn, and leadership. Only here and in
 * {@code schema.server} are Curator's and ZooKeeper's classes known. Answers and signals come on ZooKeeper's event thread and
 * must not block it; the lease has a thread of its own.
 */
@NullMarked
package io.stead.schema.session;

import org.jspecify.annotations.NullMarked;
