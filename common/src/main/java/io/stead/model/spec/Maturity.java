package io.stead.model.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * When the cluster is mature enough to register a service for the first time (B14): the primary is up, or {@code count}
 * allowable nodes are, or {@code time} has passed since the first of them came up.
 */
public record Maturity(Optional<Integer> count, Optional<Duration> time) {
    /** No waiting: the first allowable node will do. */
    public static final Maturity AT_ONCE = new Maturity(Optional.of(1), Optional.empty());

    public Maturity {
        count.ifPresent(c -> {
            if (c < 1) {
                throw new IllegalArgumentException(c + " nodes: use 1 or more");
            }
        });
        if (count.isEmpty() && time.isEmpty()) {
            throw new IllegalArgumentException("maturity: give count, time or both");
        }
    }
}
