package io.stead.schema.session;

import io.stead.schema.znode.Connection;

/**
 * Where a session stands, as its client sees it. Only {@link Gone} is about the session; none of these says anything about
 * the lease.
 *
 * <pre>
 *   Connecting -> Connected <-> Suspended
 *        all of them -> Gone
 * </pre>
 */
public sealed interface SessionState {
    /** Not connected yet. */
    record Connecting() implements SessionState {}

    record Connected(Connection connection) implements SessionState {}

    /** The connection is lost, and another one is looked for; nothing new may be begun. */
    record Suspended(long sinceNanos) implements SessionState {}

    /** Over, and no other takes its place. */
    record Gone(Why why) implements SessionState {}

    /** What ended a session. */
    enum Why {
        /** A server says that there is no such session (any more). */
        EXPIRED,
        /** ZooKeeper doesn't take the credentials. */
        AUTH_FAILED,
        /** We ended it. */
        CLOSED,
        /** We let go of it without ending it, for another process to go on with. */
        ABANDONED
    }
}
