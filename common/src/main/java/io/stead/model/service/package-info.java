/**
 * Services as they are: assignments written by the leader, holdings and reports written by the nodes. Facts only; the
 * phase is derived from them by {@link io.stead.model.service.Phase} and stored nowhere.
 */
@NullMarked
package io.stead.model.service;

import org.jspecify.annotations.NullMarked;
