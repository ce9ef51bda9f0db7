package io.stead.model.spec;

import java.time.Duration;

/**
 * How a node finds out whether what it has started works (C10): an action that is run again and again, and says so by its exit
 * code.
 *
 * @param every between the end of one run and the next
 */
public record Monitor(Action action, Duration every) {
    /** Where nothing else is said. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    public Monitor {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("every: use a duration above zero");
        }
    }
}
