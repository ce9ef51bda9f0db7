/**
 * Installing a cluster: its chroot, the znodes everything else hangs on, who may do what with them, and the credentials by which
 * ZooKeeper knows who is who (design.md §4, §8). Blocks; any thread.
 */
@NullMarked
package io.stead.schema.install;

import org.jspecify.annotations.NullMarked;
