package io.stead.agent.life;

import io.stead.agent.warden.Warden;
import io.stead.model.Spans;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the warden: one that has died is replaced, and where that takes longer than two seconds nothing exclusive is held.
 * {@link #look} belongs to one thread, {@link #guarded} to any.
 */
final class WardenWatch {
    private static final Logger LOG = LoggerFactory.getLogger(WardenWatch.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Warden warden;
    private volatile OptionalLong missedSinceNanos = OptionalLong.empty();
    private volatile boolean isUntold;
    private boolean isSaid;

    WardenWatch(Warden warden) {
        this.warden = warden;
    }

    /** May take seconds. */
    void look() throws InterruptedException {
        try {
            if (!warden.alive()) {
                if (missedSinceNanos.isEmpty()) {
                    LOG.error("warden=dead consequence=\"it is started again\"");
                }
                missed();
                warden.respawn();
            }
            if (!isUntold) {
                missedSinceNanos = OptionalLong.empty();
                isSaid = false;
            }
        } catch (IOException | RuntimeException e) {
            missed();
            if (!isSaid) {
                isSaid = true;
                LOG.error("warden=none reason=\"{}\" consequence=\"exclusive services are stopped\"", e.toString());
            }
        }
    }

    /** The warden knows how long the lease lasts. Any thread. */
    void told() {
        isUntold = false;
    }

    /** It can't be told, and kills by what it knew before: as good as none. Any thread. */
    void untold() {
        isUntold = true;
        missed();
    }

    /** Whether it is missed now: whoever decides had better look often. Any thread. */
    boolean isMissed() {
        return missedSinceNanos.isPresent();
    }

    private void missed() {
        if (missedSinceNanos.isEmpty()) {
            missedSinceNanos = OptionalLong.of(System.nanoTime());
        }
    }

    /**
     * Whether this node is good for exclusive services. It says no a while before {@link #guarded} stops them, so that the leader
     * knows before it looks for another place.
     */
    boolean isGuarding() {
        OptionalLong missed = missedSinceNanos;
        return missed.isEmpty()
                || System.nanoTime() - missed.getAsLong()
                        < Spans.part(PATIENCE, 2).toNanos();
    }

    /** A lease's end as far as somebody watches over it: from the first miss on it is cut short, in time for an orderly stop. */
    long guarded(long endNanos) {
        OptionalLong missed = missedSinceNanos;
        if (missed.isEmpty()) {
            return endNanos;
        }
        long patienceEnds = missed.getAsLong() + PATIENCE.toNanos();
        return patienceEnds - endNanos < 0 ? patienceEnds : endNanos;
    }
}
