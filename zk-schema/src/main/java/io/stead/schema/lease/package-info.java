/**
 * The lease: how long a node may hold what is exclusive, reckoned from committed writes of its own znode, and from what
 * ZooKeeper's servers say of themselves in an outage. Knows a session and znodes, and nothing of ZooKeeper's classes; each
 * of its keepers has a thread of its own.
 */
@NullMarked
package io.stead.schema.lease;

import org.jspecify.annotations.NullMarked;
