package io.stead.schema.lease;

import io.stead.model.Spans;
import io.stead.schema.session.SavedSession;
import io.stead.schema.znode.Znodes;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Earns the lease: writes the node's own ephemeral znode every T/6, one write at a time, on a thread of its own, and
 * reckons from each commit how long ZooKeeper cannot have closed the session. It renews only while the deciding loop
 * ticks, so that a deaf agent doesn't hold for ever (design.md §7).
 *
 * <p>The listener is called on the keeper's thread, or on the one that tells of an outage, and must not block it.
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int WRITES_PER_TIMEOUT = 6;

    private final LeaseWriter writer;
    private final Supplier<Optional<SavedSession>> session;
    private final LongSupplier loopTickedNanos;
    private final Listener listener;
    private final Thread thread;
    private final Semaphore looks = new Semaphore(0);

    private final Object lock = new Object();
    private LeaseEnd end;
    private boolean isOver;
    private volatile long renewedNanos = System.nanoTime();
    private volatile OptionalLong endNanos = OptionalLong.empty();
    private String said = "";

    /** One who holds things under the lease. */
    public interface Listener {
        /** The lease's end has moved to this monotonic time. */
        void moved(long endNanos);

        /** A renewal has not been answered for a sixth of the time-out. */
        void unanswered();

        /** A renewal was committed. */
        void answered();

        /** The lease is over at once, and there will be none under this session any more. */
        void over(Over why);
    }

    /** What ended the lease, other than time. */
    public enum Over {
        SESSION_GONE,
        /** Somebody else writes the lease: another process runs with our session. */
        TAKEN,
        /** Somebody deleted the lease while its session lives. */
        DELETED,
        /** The keeper itself has failed; the log says how. */
        FAILED
    }

    /**
     * Not yet renewing.
     *
     * @param path of the node's own lease
     * @param session the session as it is now, see {@link Session#saved}
     * @param tick the ensemble's tickTime
     * @param loopTickedNanos when the deciding loop last showed that it lives
     */
    public LeaseKeeper(
            Znodes znodes,
            String path,
            Supplier<Optional<SavedSession>> session,
            Duration tick,
            LongSupplier loopTickedNanos,
            Listener listener) {
        this.session = session;
        this.writer = new LeaseWriter(
                znodes,
                path,
                () -> session.get().map(SavedSession::id).orElse(0L),
                () -> period(session.get()),
                listener::unanswered);
        this.loopTickedNanos = loopTickedNanos;
        this.listener = listener;
        this.end = LeaseEnd.none(tick, Duration.ZERO);
        this.thread = Thread.ofPlatform().name("stead-lease").unstarted(this::keep);
    }

    public void start() {
        thread.start();
    }

    /** When the lease ends, or ended, in monotonic nanoseconds; empty if there is none. */
    public OptionalLong endNanos() {
        return endNanos;
    }

    /** The ensemble's tickTime may be this by now; a smaller one is not believed, since not all servers may have it. */
    public void tick(Duration tick) {
        move(e -> e.ticking(tick));
    }

    /** The session's state has changed: renew now, and reckon with what was granted last. */
    public void look() {
        looks.release();
    }

    /** Renews no more; the lease runs out by itself. */
    @Override
    public void close() {
        synchronized (lock) {
            isOver = true; // whoever still knows of an outage moves nothing any more
        }
        thread.interrupt();
    }

    private void keep() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                long sentNanos = System.nanoTime();
                Optional<SavedSession> now = session.get();
                if (now.isPresent()) {
                    goesOn = round(now.get(), sentNanos);
                }
                Duration period = period(now);
                // At once when told to look, or late by nothing else than the answer.
                var _ = looks.tryAcquire(period.toNanos() - (System.nanoTime() - sentNanos), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            // Nobody renews any more: better that everybody knows.
            LOG.error("lease=failed", bug);
            over(Over.FAILED);
        }
    }

    private static Duration period(Optional<SavedSession> session) {
        return Spans.part(session.map(SavedSession::timeout).orElse(Duration.ofSeconds(1)), WRITES_PER_TIMEOUT);
    }

    /** Returns whether there is any use in another. */
    private boolean round(SavedSession now, long sentNanos) throws InterruptedException {
        move(e -> e.granted(now.timeout()));
        if (sentNanos - loopTickedNanos.getAsLong()
                > Spans.part(now.timeout(), 2).toNanos()) {
            say("the deciding loop does not tick");
            return true;
        }
        return switch (writer.renew()) {
            case LeaseWriter.Round.Committed c -> {
                say("");
                Duration smallest = session.get().map(SavedSession::timeout).orElse(now.timeout());
                long answeredNanos = System.nanoTime();
                move(e -> e.granted(smallest).committed(new LeaseEnd.Write(c.connection(), sentNanos, answeredNanos)));
                renewedNanos = answeredNanos;
                listener.answered();
                yield true;
            }
            case LeaseWriter.Round.NotNow n -> {
                say(n.why());
                yield true;
            }
            case LeaseWriter.Round.Over o -> {
                over(o.why());
                yield false;
            }
        };
    }

    /** When the last renewal was committed, or the keeper made. */
    public long renewedNanos() {
        return renewedNanos;
    }

    /** Every voter has shown that it does not lead; see {@link LeaseEnd#withoutLeader}. Any thread. */
    public void noneLeads(long askedNanos, long answeredNanos) {
        Duration timeout = session.get().map(SavedSession::timeout).orElse(Duration.ZERO);
        long deaf = Spans.part(timeout, 2).toNanos();
        if (answeredNanos - loopTickedNanos.getAsLong() <= deaf) {
            move(e -> e.withoutLeader(askedNanos, answeredNanos));
        }
    }

    private void move(UnaryOperator<LeaseEnd> change) {
        synchronized (lock) {
            end = change.apply(end);
            OptionalLong nanos = end.nanos();
            if (!isOver && nanos.isPresent() && !nanos.equals(endNanos)) {
                // The warden is told before anybody may rely on it.
                listener.moved(nanos.getAsLong());
                endNanos = nanos;
            }
        }
    }

    /**
     * Over by now, whatever it was: whoever closed the session has done so, and of one that others write with nothing is known.
     */
    private void over(Over why) {
        synchronized (lock) {
            isOver = true;
            long nowNanos = System.nanoTime();
            long ended = endNanos.isPresent() && endNanos.getAsLong() - nowNanos < 0 ? endNanos.getAsLong() : nowNanos;
            endNanos = OptionalLong.of(ended);
            try {
                listener.moved(ended);
            } catch (RuntimeException bug) {
                LOG.error("lease=failed", bug); // what follows must be said all the same
            }
        }
        LOG.warn("lease=over reason={}", why);
        listener.over(why);
    }

    private void say(String obstacle) {
        if (!obstacle.equals(said)) {
            said = obstacle;
            if (obstacle.isEmpty()) {
                LOG.info("lease=renewed");
            } else {
                LOG.warn("lease=not-renewed reason=\"{}\"", obstacle);
            }
        }
    }
}
