package io.stead.agent.warden;

import java.time.Duration;

/**
 * A service that must not outlive the lease.
 *
 * @param grace by how much it may: the spec's {@code stop-grace}, which the leader waits for, too
 * @param hasUnit whether it is a systemd unit, which lives beside the service's container
 */
public record Guarded(String service, Duration grace, boolean hasUnit) {
    public Guarded(String service, Duration grace) {
        this(service, grace, false);
    }

    public Guarded {
        if (grace.isNegative()) {
            throw new IllegalArgumentException(service + " can't be killed before the lease ends");
        }
    }
}
