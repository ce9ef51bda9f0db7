package io.stead.model;

import java.time.Duration;
import java.time.Instant;

/**
 * The time as a value: the wall clock for people, audit and long countdowns; the monotonic clock for leases and safety
 * waits. Deciders get it as a parameter and read no clock.
 *
 * @param wall the wall clock
 * @param nanos the monotonic clock in nanoseconds, of arbitrary origin, comparable within one process only
 */
public record Now(Instant wall, long nanos) {
    /** How long ago a monotonic moment was; negative when it is still to come. */
    public Duration since(long earlierNanos) {
        return Duration.ofNanos(nanos - earlierNanos);
    }

    public Now plus(Duration span) {
        return new Now(wall.plus(span), nanos + span.toNanos());
    }
}
