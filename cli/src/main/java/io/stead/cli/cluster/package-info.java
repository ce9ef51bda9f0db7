/**
 * The cluster as a verb sees it: read, asked, and waited for. What a verb waits for is decided by pure functions over
 * views ({@link io.stead.cli.cluster.Settling}); the store stays behind {@link io.stead.cli.cluster.Cluster}. One thread.
 */
@NullMarked
package io.stead.cli.cluster;

import org.jspecify.annotations.NullMarked;
