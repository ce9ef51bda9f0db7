package io.stead.reconcile;

import io.stead.model.Now;
import java.time.Duration;

/**
 * How long the node may hold what is exclusive (protocols.md, Lease). The lease, and only it, permits holding.
 *
 * @param endNanos the monotonic moment before which ZooKeeper can't have ended the session
 * @param sessionEndNanos the same, but for what may cut it short: that nobody guards what is held. Until then nobody else is given
 *     anything of this node, so that what is over may be cleared away
 * @param lowBefore how long before its end it counts as low: time enough for an orderly stop
 */
public record Lease(long endNanos, long sessionEndNanos, Duration lowBefore) {
    public Lease(long endNanos, Duration lowBefore) {
        this(endNanos, endNanos, lowBefore);
    }

    public boolean permits(Now now) {
        return now.nanos() - endNanos < 0;
    }

    /** Whether it is about to end without having been renewed: nothing new is begun, and what is exclusive stops. */
    public boolean isLow(Now now) {
        return now.nanos() - (endNanos - lowBefore.toNanos()) >= 0;
    }

    /** Whether the session is about to run out, so that the next owner may come. */
    public boolean isSessionLow(Now now) {
        return now.nanos() - (sessionEndNanos - lowBefore.toNanos()) >= 0;
    }

    /** Whether it ended that long ago: what has this {@code stop-grace} may not run any more. */
    public boolean isOverSince(Duration grace, Now now) {
        return now.nanos() - endNanos >= grace.toNanos();
    }

    Duration untilLow(Now now) {
        return Duration.ofNanos(endNanos - lowBefore.toNanos() - now.nanos());
    }

    Duration untilOverSince(Duration grace, Now now) {
        return Duration.ofNanos(endNanos - now.nanos()).plus(grace);
    }
}
