package io.stead.agent;

import io.stead.agent.warden.Warden;
import java.io.IOException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the warden: one that has died is replaced, and while there is none, nothing exclusive is held. {@link #look} belongs
 * to one thread, {@link #guarded} to any.
 */
final class WardenWatch {
    private static final Logger LOG = LoggerFactory.getLogger(WardenWatch.class);

    private final Warden warden;
    private volatile OptionalLong missedSinceNanos = OptionalLong.empty();

    WardenWatch(Warden warden) {
        this.warden = warden;
    }

    /** May take seconds. */
    void look() throws InterruptedException {
        try {
            if (!warden.alive()) {
                LOG.error("warden=dead consequence=\"it is started again\"");
                warden.respawn();
            }
            missedSinceNanos = OptionalLong.empty();
        } catch (IOException e) {
            if (missedSinceNanos.isEmpty()) {
                LOG.error("warden=none reason=\"{}\" consequence=\"exclusive services are stopped\"", e.getMessage());
                missedSinceNanos = OptionalLong.of(System.nanoTime());
            }
        }
    }

    /** A lease's end as far as somebody watches over it: without a warden it was over when that was found out. */
    long guarded(long endNanos) {
        OptionalLong missed = missedSinceNanos;
        return missed.isPresent() && missed.getAsLong() - endNanos < 0 ? missed.getAsLong() : endNanos;
    }
}
