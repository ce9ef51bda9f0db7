package io.stead.agent.life;

import io.stead.agent.node.NodeDuty;
import io.stead.model.Now;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is looked after each second, beside the deciding thread: whether services have vanished, whether the warden lives; and
 * each minute what can be tidied away.
 */
final class Rounds implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final NodeDuty node;
    private final WardenWatch warden;
    private long lookedNanos = System.nanoTime();
    private long tidiedNanos = System.nanoTime();
    private Optional<Thread> looking = Optional.empty();
    private @Nullable Thread watching;
    private final CountDownLatch isOver = new CountDownLatch(1);

    Rounds(NodeDuty node, WardenWatch warden) {
        this.node = node;
        this.warden = warden;
    }

    void start() {
        watching = Thread.ofVirtual().name("stead-warden-watch").start(this::watchWarden);
    }

    /** Looks for what has vanished, when it is time. The deciding thread; blocks it not. */
    void look(Now now) {
        if (now.since(lookedNanos).compareTo(EVERY) >= 0) {
            lookedNanos = now.nanos();
            if (looking.filter(Thread::isAlive).isEmpty()) {
                boolean tidies = now.since(tidiedNanos).compareTo(TIDY) >= 0;
                tidiedNanos = tidies ? now.nanos() : tidiedNanos;
                looking = Optional.of(Thread.ofVirtual().name("stead-look").start(() -> {
                    node.lookForLost();
                    if (tidies) {
                        node.tidy();
                    }
                }));
            }
        }
    }

    private void watchWarden() {
        try {
            do {
                warden.look();
            } while (!isOver.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until nobody looks after the warden any more: the next life has a watch of its own. */
    @Override
    public void close() {
        isOver.countDown();
        Thread known = watching;
        if (known == null) {
            return;
        }
        try {
            known.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
