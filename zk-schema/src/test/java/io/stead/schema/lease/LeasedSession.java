package io.stead.schema.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.servers.Refusals;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A session with its lease and all that keeps them, as an agent has them, within the test's own process. */
public final class LeasedSession implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Session session;
    private final LeaseKeeper lease;
    private final OutageWatch outage;
    private final AtomicInteger moves = new AtomicInteger();
    /** The least that was left of the lease whenever it was looked at. */
    private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);

    public LeasedSession(String connect, Duration timeout, Duration tick, Refusals refusals)
            throws InterruptedException {
        session = Session.open(new Session.Settings(connect, timeout, Credentials.OPEN, Optional.empty()));
        assertThat(session.awaitEstablished(LONG)).isInstanceOf(SessionState.Connected.class);
        String path = "/lease-" + Long.toHexString(session.id());
        lease = new LeaseKeeper(
                session.znodes(), path, session::saved, tick, System::nanoTime, new LeaseKeeper.Listener() {
                    @Override
                    public void moved(long endNanos) {
                        moves.incrementAndGet();
                    }

                    @Override
                    public void answered() {
                        session.trust();
                    }

                    @Override
                    public void unanswered() {
                        session.doubt();
                    }

                    @Override
                    public void over(LeaseKeeper.Over why) {
                        least.set(0);
                    }
                });
        outage = new OutageWatch(session, lease, refusals);
        session.onChange(lease::look);
        session.onChange(outage::look);
        lease.start();
        outage.start();
        awaitMoves(3);
    }

    public Session session() {
        return session;
    }

    /** Waits until the lease has been moved so often. */
    public void awaitMoves(int times) {
        int goal = moves.get() + times;
        await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> {
            look();
            return moves.get() >= goal;
        });
    }

    /** Looks after the lease for a while. */
    public void lookFor(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        await().atMost(span.plus(LONG)).pollInterval(Duration.ofMillis(10)).until(() -> {
            look();
            return System.nanoTime() - end > 0;
        });
    }

    /** Whether a leader was heard of, so that an outage can be told from a leader that serves nobody. */
    public void awaitWatched() {
        await().atMost(LONG).until(outage::isWatching);
    }

    /** What was left of the lease, at the least: negative when it was over. */
    public long leastNanos() {
        look();
        return least.get();
    }

    private void look() {
        lease.endNanos().ifPresent(end -> least.accumulateAndGet(end - System.nanoTime(), Math::min));
    }

    @Override
    public void close() {
        outage.close();
        lease.close();
        session.close();
    }
}
