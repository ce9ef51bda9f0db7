package io.stead.simulate.world;

import io.stead.model.Incarnation;
import io.stead.reconcile.Lease;
import java.time.Duration;

/**
 * A session and its lease (protocols.md, Lease). While there is contact it is renewed every sixth of the timeout; what
 * counts is the last renewal before the contact was lost.
 */
final class Session {
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    static final Duration MARGIN = Duration.ofMillis(100).plus(TIMEOUT.dividedBy(1000));
    private static final Duration PERIOD = TIMEOUT.dividedBy(6);
    private static final Duration LOW = Duration.ofMillis(600);

    final Incarnation incarnation;
    private long contactSince;
    private long lostAt = Long.MAX_VALUE;
    private boolean ended;

    Session(Incarnation incarnation, long nowNanos) {
        this.incarnation = incarnation;
        this.contactSince = nowNanos;
    }

    boolean hasContact() {
        return lostAt == Long.MAX_VALUE;
    }

    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    void lose(long nowNanos) {
        if (hasContact()) {
            lostAt = nowNanos;
        }
    }

    void regain(long nowNanos) {
        if (!hasContact()) {
            contactSince = nowNanos;
            lostAt = Long.MAX_VALUE;
        }
    }

    private long lastRenewal(long nowNanos) {
        long until = Math.min(nowNanos, lostAt);
        return until - Math.floorMod(until - contactSince, PERIOD.toNanos());
    }

    Lease lease(long nowNanos) {
        return new Lease(lastRenewal(nowNanos) + TIMEOUT.minus(MARGIN).toNanos(), LOW);
    }

    /** Before this moment the store can't end it. */
    long earliestEnd(long nowNanos) {
        return lastRenewal(nowNanos) + TIMEOUT.toNanos();
    }
}
