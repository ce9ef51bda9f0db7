package io.stead.simulate.world;

import io.stead.model.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in order of time and, at the same time, of being said. */
final class Timeline {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Event(long atNanos, long order, Runnable deed) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long order;
    private long happened;

    Now now() {
        return new Now(START.plusNanos(nowNanos), nowNanos);
    }

    long nanos() {
        return nowNanos;
    }

    /** How many events have happened. */
    long happened() {
        return happened;
    }

    void in(Duration span, Runnable deed) {
        at(nowNanos + Math.max(0, span.toNanos()), deed);
    }

    void at(long atNanos, Runnable deed) {
        events.add(new Event(Math.max(atNanos, nowNanos), order++, deed));
    }

    /** Lets the next thing happen; false when there is none. */
    boolean step() {
        Event next = events.peek();
        if (next != null) {
            runUntil(next.atNanos, 1);
        }
        return next != null;
    }

    /** Lets happen what is due until then. */
    void runUntil(long untilNanos) {
        runUntil(untilNanos, Long.MAX_VALUE);
    }

    private void runUntil(long untilNanos, long atMost) {
        for (long done = 0; done < atMost; done++) {
            Event next = events.peek();
            if (next == null || next.atNanos > untilNanos) {
                nowNanos = Math.max(nowNanos, untilNanos);
                return;
            }
            events.poll();
            nowNanos = next.atNanos;
            happened++;
            next.deed.run();
        }
    }
}
