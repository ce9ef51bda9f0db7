/**
 * Real ZooKeeper servers for tests, each a process of its own, which can be stopped, frozen and killed. Also for other modules, by
 * way of the test jar. Blocking; not for several threads.
 */
@NullMarked
package io.stead.schema.ensemble;

import org.jspecify.annotations.NullMarked;
