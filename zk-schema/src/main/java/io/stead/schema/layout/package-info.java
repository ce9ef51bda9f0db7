/** Every path in ZooKeeper, in one place, and the version of the schema. Uses no ZooKeeper; safe on any thread. */
@NullMarked
package io.stead.schema.layout;

import org.jspecify.annotations.NullMarked;
