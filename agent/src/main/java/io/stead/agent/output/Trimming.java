package io.stead.agent.output;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the outputs short: looks at all of them every few seconds, and often at those of services whose actions run now or
 * that have written much of late. One thread, the only one that cuts.
 */
public final class Trimming implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trimming.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration EVERY_WHILE_RUNNING = Duration.ofMillis(50);
    private static final Duration EVERY_IN_A_FLOOD = Duration.ofMillis(10);

    private final Outputs outputs;
    private final Supplier<Set<String>> running;
    private final Semaphore begun = new Semaphore(0);
    private final Thread thread;

    public Trimming(Outputs outputs, Supplier<Set<String>> running) {
        this.outputs = outputs;
        this.running = running;
        this.thread = Thread.ofPlatform().daemon().name("action-outputs").start(this::work);
    }

    /** An action has begun to run: look often. */
    public void begun() {
        begun.release();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void work() {
        long sweep = System.nanoTime();
        Duration pause = EVERY;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean all = System.nanoTime() - sweep >= 0;
                if (all) {
                    sweep = System.nanoTime() + EVERY.toNanos();
                }
                pause = trimmed(all, pause);
                if (begun.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    begun.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Trims, and says when to look again. */
    private Duration trimmed(boolean all, Duration last) {
        boolean flood = false;
        Set<String> busy = running.get();
        try {
            for (String service : all || last.equals(EVERY_IN_A_FLOOD) ? outputs.services() : busy) {
                flood |= outputs.trim(service);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("outputs are not being cut: {}", e.toString());
        }
        if (flood) {
            return EVERY_IN_A_FLOOD;
        }
        return busy.isEmpty() ? EVERY : EVERY_WHILE_RUNNING;
    }
}
