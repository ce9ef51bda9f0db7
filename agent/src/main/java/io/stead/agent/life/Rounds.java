package io.stead.agent.life;

import io.stead.agent.node.NodeDuty;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is looked after each second, beside the deciding thread: whether the warden lives, and whether services have vanished;
 * and each minute what can be tidied away. Each of the two has a thread of its own, so that a disk that hangs holds up no look at
 * the warden; no virtual ones, which wake three others for each look.
 */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final NodeDuty node;
    private final Thread watching;
    private final Thread looking;
    private final CountDownLatch isOver = new CountDownLatch(1);
    private long tidiedNanos = System.nanoTime();

    private interface Look {
        void look() throws InterruptedException;
    }

    Rounds(NodeDuty node, WardenWatch warden) {
        this.node = node;
        this.watching = eachSecond("stead-warden-watch", warden::look);
        this.looking = eachSecond("stead-look", this::look);
    }

    void start() {
        watching.start();
        looking.start();
    }

    private void look() {
        node.lookForLost();
        if (System.nanoTime() - tidiedNanos >= TIDY.toNanos()) {
            tidiedNanos = System.nanoTime();
            node.tidy();
        }
    }

    private Thread eachSecond(String name, Look look) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                do {
                    try {
                        look.look();
                    } catch (RuntimeException bug) {
                        LOG.error("round={} failed consequence=\"it goes on\"", name, bug);
                    }
                } while (!isOver.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits until nobody looks after the warden any more: the next life has a watch of its own. */
    @Override
    public void close() {
        isOver.countDown();
        try {
            watching.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
