/**
 * A whole cluster for a test: three ZooKeeper servers, agents and operators' commands as processes of the distribution, services
 * that are really there, and a witness who looks at processes and answers and believes no store. Whatever a test starts ends with
 * it, also when its JVM is killed.
 *
 * <p>Blocking; each object is one test's, but for {@link io.stead.it.cluster.Witness}, which has a thread of its own.
 */
@NullMarked
package io.stead.it.cluster;

import org.jspecify.annotations.NullMarked;
