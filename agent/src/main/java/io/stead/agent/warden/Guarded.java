package io.stead.agent.warden;

import java.time.Duration;

/**
 * A service that must not outlive the lease.
 *
 * @param grace by how much it may: the spec's {@code stop-grace}, which the leader waits for, too
 */
public record Guarded(String service, Duration grace) {
    public Guarded {
        if (grace.isNegative()) {
            throw new IllegalArgumentException(service + " can't be killed before the lease ends");
        }
    }
}
