/**
 * Nodes as members of the cluster (B1): who is present, how each fares, and which transition each is in. Persistent
 * configuration (specs, overrides) is kept apart from the transient state.
 */
@NullMarked
package io.stead.model.member;

import org.jspecify.annotations.NullMarked;
