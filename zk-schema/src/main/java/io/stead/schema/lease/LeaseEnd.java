package io.stead.schema.lease;

import io.stead.model.Spans;
import io.stead.schema.znode.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long ZooKeeper cannot have closed the session, reckoned from committed writes (protocols.md, "Lease"). ZooKeeper's
 * leader learns of a follower's clients from ping replies every half tick only, so a committed write doesn't show that the session
 * was refreshed by it, but that what was sent well before has arrived:
 *
 * <pre>
 *   E = max(s_connect, s_j) + T − margin
 *   s_j    the newest send on this connection whose answer came at least t/2 + 150 ms before the send of a committed write
 *   margin 100 ms + T/1000
 * </pre>
 *
 * E never moves back, except when the ensemble grants a smaller T. Pure: all times are parameters, monotonic nanoseconds of one
 * origin. Immutable; a committed write makes a new one.
 */
public final class LeaseEnd {
    private static final Duration REPORTING_SLACK = Duration.ofMillis(150);
    private static final Duration FIXED_MARGIN = Duration.ofMillis(100);

    private final Duration tick;
    private final Duration timeout;
    private final OptionalLong provenNanos;
    private final long connection;
    private final List<Write> candidates;

    /**
     * One write that was committed.
     *
     * @param sentNanos before it was sent
     * @param answeredNanos after its answer came
     */
    public record Write(Connection connection, long sentNanos, long answeredNanos) {}

    private LeaseEnd(
            Duration tick, Duration timeout, OptionalLong provenNanos, long connection, List<Write> candidates) {
        this.tick = tick;
        this.timeout = timeout;
        this.provenNanos = provenNanos;
        this.connection = connection;
        this.candidates = candidates;
    }

    /**
     * Before any write: there is no lease.
     *
     * @param tick the ensemble's tickTime (t)
     * @param timeout the smallest the session was ever granted (T)
     */
    public static LeaseEnd none(Duration tick, Duration timeout) {
        return new LeaseEnd(tick, timeout, OptionalLong.empty(), 0, List.of());
    }

    /** E; empty before the first committed write. */
    public OptionalLong nanos() {
        return provenNanos.isPresent()
                ? OptionalLong.of(
                        provenNanos.getAsLong() + timeout.minus(margin()).toNanos())
                : OptionalLong.empty();
    }

    /** The same, reckoned with a time-out that may have become smaller. */
    public LeaseEnd granted(Duration smallest) {
        return new LeaseEnd(tick, smallest, provenNanos, connection, candidates);
    }

    /** The same, reckoned with a tickTime that may have grown. */
    public LeaseEnd ticking(Duration longest) {
        return longest.compareTo(tick) > 0 ? new LeaseEnd(longest, timeout, provenNanos, connection, candidates) : this;
    }

    /**
     * The same after every voter has shown that it does not lead (C3; docs/adr/0006): until this lease ends no leader can have
     * proposed to close the session, and whoever leads after the first question starts its clock at the full time-out. An
     * answer that came when the lease had ended shows nothing. A server that begins to lead starts its clocks a little before it says that
     * it serves, so as much is taken off as is waited for elsewhere.
     *
     * @param askedNanos before the first voter was asked
     * @param answeredNanos after the last one has answered
     */
    public LeaseEnd withoutLeader(long askedNanos, long answeredNanos) {
        OptionalLong end = nanos();
        return end.isPresent() && answeredNanos - end.getAsLong() < 0
                ? new LeaseEnd(
                        tick,
                        timeout,
                        OptionalLong.of(later(askedNanos - reported().toNanos(), provenNanos)),
                        connection,
                        candidates)
                : this;
    }

    /** The same after one more committed write; writes are told in the order in which they were sent. */
    public LeaseEnd committed(Write write) {
        List<Write> same = write.connection().number() == connection ? candidates : List.of();
        long proven = later(write.connection().handleNanos(), provenNanos);
        int newest = -1;
        for (int i = 0; i < same.size(); i++) {
            if (write.sentNanos() - same.get(i).answeredNanos() >= reported().toNanos()) {
                newest = i;
                proven = later(same.get(i).sentNanos(), OptionalLong.of(proven));
            }
        }
        // What is older than the newest that counts will never count again.
        List<Write> next = new ArrayList<>(same.subList(Math.max(newest, 0), same.size()));
        next.add(write);
        return new LeaseEnd(
                tick, timeout, OptionalLong.of(proven), write.connection().number(), List.copyOf(next));
    }

    private Duration reported() {
        return Spans.part(tick, 2).plus(REPORTING_SLACK);
    }

    private Duration margin() {
        return FIXED_MARGIN.plus(Spans.part(timeout, 1000));
    }

    private static long later(long nanos, OptionalLong other) {
        return other.isPresent() && other.getAsLong() - nanos > 0 ? other.getAsLong() : nanos;
    }
}
