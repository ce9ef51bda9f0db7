package io.stead.agent.life;

import io.stead.agent.loop.Mailbox;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** How the agent was asked to stop, if it was. Any thread. */
public final class Stopping {
    private static final long PATIENCE_SECONDS = 90;

    /** What a stop of the agent means. */
    public enum How {
        NO,
        /** A restart to come: what runs, runs on for as long as the lease lasts (C4). */
        KEEP,
        /** The node leaves gracefully, and everything is transferred first. */
        LEAVE,
        /** Everything is halted at once. */
        HALT
    }

    private final Mailbox mailbox;
    private final AtomicReference<How> asked = new AtomicReference<>(How.NO);
    private final CountDownLatch done = new CountDownLatch(1);

    public Stopping(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    public How asked() {
        return asked.get();
    }

    /** Asks; halting overrules everything else. */
    public void ask(How how) {
        asked.updateAndGet(before -> before == How.HALT ? before : how);
        mailbox.wake();
    }

    /** The agent has stopped. */
    public void done() {
        done.countDown();
    }

    public boolean isDone() {
        return done.getCount() == 0;
    }

    /** Waits until the agent has stopped, for as long as an orderly leave may take. */
    public void await() throws InterruptedException {
        var _ = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
