/**
 * What ZooKeeper's servers say of themselves, each asked alone by the four-letter words of its client port: without a session,
 * and so also when no session can be had. Blocking, for virtual threads and for threads that have time; uses the JDK alone.
 */
@NullMarked
package io.stead.schema.servers;

import org.jspecify.annotations.NullMarked;
