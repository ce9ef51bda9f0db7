package io.stead.agent.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the deciding thread is told: events, each to be run on that thread in the order in which they came, and wakes, which
 * say only that something has changed. Wakes coalesce and never block; an event waits for room, so that none is lost.
 */
public final class Mailbox {
    private static final int ROOM = 4096;

    private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(ROOM);

    /** Something has changed: look again. Any thread, never blocks. */
    public void wake() {
        if (events.isEmpty()) {
            // A full mailbox wakes the thread anyway.
            var _ = events.offer(Mailbox::nothing);
        }
    }

    private static void nothing() {}

    /** Has the event run on the deciding thread. Any thread but that one; waits while the mailbox is full. */
    public void post(Runnable event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Has an outcome met on the deciding thread. One that fails instead of coming is a bug: it is thrown there, or somebody would
     * wait for it for ever. Any thread.
     */
    public <T> void deliver(CompletableFuture<T> outcome, Consumer<T> event) {
        var _ = outcome.whenComplete((value, bug) -> post(() -> {
            if (bug != null) {
                throw new IllegalStateException("what was waited for has failed", bug);
            }
            event.accept(value);
        }));
    }

    /** Waits for something, or for the time to pass, and runs all that is there. The deciding thread alone. */
    public void attend(Duration atMost) throws InterruptedException {
        attend(atMost, atMost, Mailbox::nothing);
    }

    /** The same, giving a sign of life at least so often as long as nothing is there. */
    public void attend(Duration atMost, Duration every, Runnable sign) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = Math.max(0, atMost.toNanos());
        Runnable first = events.poll(Math.min(left, every.toNanos()), TimeUnit.NANOSECONDS);
        while (first == null && (left = end - System.nanoTime()) > 0) {
            sign.run();
            first = events.poll(Math.min(left, every.toNanos()), TimeUnit.NANOSECONDS);
        }
        if (first != null) {
            List<Runnable> all = new ArrayList<>();
            all.add(first);
            events.drainTo(all);
            all.forEach(Runnable::run);
        }
    }
}
