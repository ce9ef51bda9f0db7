/**
 * The door between the znodes and the deciders: turns znodes into views, and decisions into transactions. It decides nothing,
 * and nothing outside {@code zk-schema} knows a path. Safe on any thread unless a class says otherwise; signals come on
 * ZooKeeper's thread and must not block it.
 */
@NullMarked
package io.stead.schema.store;

import org.jspecify.annotations.NullMarked;
