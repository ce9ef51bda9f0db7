package io.stead.model.spec;

import io.stead.model.Spans;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from failures of a service on a node: failed starts, deaths, and the word of its monitor (C11).
 *
 * @param restarts with how many within the window it is started there again, whatever is preferred; with the next it goes
 *     elsewhere, if it can
 * @param window how long after its last failure a node is forgiven
 * @param limit with how many it is not tried on a node any more until an operator clears it, or the node has another life; when that
 *     is so of every able node, the service is given up. Empty: it is tried for ever
 */
public record FailurePolicy(int restarts, Duration window, Optional<Integer> limit) {
    /** What is tried once a minute, and takes its time to fail, is to reach its limit. */
    public static final Duration LEAST_WINDOW = Duration.ofMinutes(2);

    /** Elsewhere at the first failure, and never given up. */
    public static final FailurePolicy DEFAULT = new FailurePolicy(0, Duration.ofMinutes(10), Optional.empty());

    private static final int MOST = 1000;

    public FailurePolicy {
        if (restarts < 0 || restarts > MOST) {
            throw new IllegalArgumentException("restarts: use 0 to " + MOST);
        }
        if (window.compareTo(LEAST_WINDOW) < 0) {
            throw new IllegalArgumentException("window: use " + Spans.text(LEAST_WINDOW) + " or more");
        }
        int most = restarts;
        if (limit.filter(l -> l <= most || l > MOST).isPresent()) {
            throw new IllegalArgumentException("limit: use more than restarts, and at most " + MOST);
        }
    }

    /** Whether a node has failed so often that the service is not tried there any more. */
    public boolean isSpent(int failures) {
        return limit.filter(l -> failures >= l).isPresent();
    }

    /** What so many failures weigh in the choice of a node. */
    public int weight(int failures) {
        return failures <= restarts ? 0 : failures;
    }
}
