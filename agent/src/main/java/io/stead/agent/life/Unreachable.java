package io.stead.agent.life;

import io.stead.model.Spans;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that ZooKeeper can't be reached, and says it again at growing distances, with how long it lasts already. One thread. */
public final class Unreachable {
    private static final Logger LOG = LoggerFactory.getLogger(Unreachable.class);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final String servers;
    private final Duration first;
    private long sinceNanos;
    private Duration next;

    /**
     * Reached at this moment, or looked for from now on.
     *
     * @param first how long it may last before it is worth a word
     */
    private Unreachable(String servers, Duration first, long nowNanos) {
        this.servers = servers;
        this.first = first;
        this.sinceNanos = nowNanos;
        this.next = first;
    }

    /** For who waits until it can be reached at all. */
    public static Unreachable atOnce(String servers, long nowNanos) {
        return new Unreachable(servers, Duration.ZERO, nowNanos);
    }

    /** For who is connected: a lost connection is soon replaced by another. */
    public static Unreachable inAWhile(String servers, long nowNanos) {
        return new Unreachable(servers, SOON, nowNanos);
    }

    /** Looks whether it is time to say it. */
    public void look(boolean reached, long nowNanos) {
        due(reached, nowNanos)
                .ifPresent(age -> LOG.warn(
                        "zookeeper=unreachable servers={} for={} consequence=\"trying on\"",
                        servers,
                        Spans.text(Duration.ofSeconds(age.toSeconds()))));
    }

    /** How long it lasts already, if that is to be said now. */
    Optional<Duration> due(boolean reached, long nowNanos) {
        if (reached) {
            sinceNanos = nowNanos;
            next = first;
            return Optional.empty();
        }
        Duration age = Duration.ofNanos(nowNanos - sinceNanos);
        if (age.compareTo(next) < 0) {
            return Optional.empty();
        }
        next = after(age);
        return Optional.of(age);
    }

    private static Duration after(Duration age) {
        if (age.compareTo(SOON) < 0) {
            return SOON;
        }
        return age.compareTo(LATER) < 0 ? LATER : EVERY.multipliedBy(age.dividedBy(EVERY) + 1);
    }
}
