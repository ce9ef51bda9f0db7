package io.stead.schema.lease;

import io.stead.schema.servers.Poll;
import io.stead.schema.servers.Refusals;
import io.stead.schema.servers.Voters;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the lease outlast an outage of ZooKeeper (C3): while renewals fail it asks every voter again and again, and where all show
 * that they do not lead it tells the lease. One voter that is silent, or whose address is not known, and nothing follows.
 *
 * <pre>
 *   connected, renewals committed    ask now and then, until one of the voters was heard to say that it leads
 *   no renewal for T/4, or no connection
 *     a leader was never heard of    nothing: with leaderServes=no a leader says that it is not serving
 *     one follows or leads           nothing: the session keeper resumes there
 *     all without a leader           the lease is reckoned from the first question
 * </pre>
 *
 * A thread of its own.
 */
public final class OutageWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);
    private static final int POLLS_PER_TIMEOUT = 12;
    private static final int OVERDUE_PER_TIMEOUT = 4;
    private static final Duration HEAR_AGAIN = Duration.ofSeconds(30);

    private final Session session;
    private final LeaseKeeper lease;
    private final Refusals refusals;
    private final Thread thread;
    /** Of which ensemble a leader was heard to say so. */
    private volatile Optional<Voters> led = Optional.empty();

    private long heardNanos;
    private boolean isTold;

    public OutageWatch(Session session, LeaseKeeper lease, Refusals refusals) {
        this.session = session;
        this.lease = lease;
        this.refusals = refusals;
        this.thread = Thread.ofPlatform().daemon().name("stead-outage").unstarted(this::watch);
    }

    public void start() {
        heardNanos = System.nanoTime() - HEAR_AGAIN.toNanos();
        thread.start();
    }

    /** Whether an outage would be borne: all voters are known, and one of them was heard to lead. */
    boolean isWatching() {
        Optional<Voters> voters = session.voters();
        return voters.isPresent() && led.equals(voters);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (!(session.state() instanceof SessionState.Gone)) {
                look();
                int rounds = isOverdue() ? POLLS_PER_TIMEOUT : OVERDUE_PER_TIMEOUT;
                TimeUnit.NANOSECONDS.sleep(session.timeout().dividedBy(rounds).toNanos());
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Optional<Voters> voters = session.voters();
        if (voters.isEmpty()) {
            return;
        }
        if (!isOverdue()) {
            isTold = false;
            hear(voters.get());
        } else if (led.equals(voters)) {
            bear(voters.get());
        }
    }

    private boolean isOverdue() {
        long since = System.nanoTime() - lease.renewedNanos();
        return !(session.state() instanceof SessionState.Connected)
                || since > session.timeout().dividedBy(OVERDUE_PER_TIMEOUT).toNanos();
    }

    private Duration patience() {
        return session.timeout().dividedBy(POLLS_PER_TIMEOUT);
    }

    private void hear(Voters voters) {
        long nowNanos = System.nanoTime();
        boolean known = led.equals(Optional.of(voters));
        if (!known && (nowNanos - heardNanos >= HEAR_AGAIN.toNanos() || led.isPresent())) {
            heardNanos = nowNanos;
            if (Poll.of(voters, patience()).showsLeader()) {
                led = Optional.of(voters);
                LOG.info("outage=watched voters={}", voters.addresses());
            }
        }
    }

    private void bear(Voters voters) {
        Poll poll = Poll.of(voters, patience());
        if (poll.provesNoLeader(refusals)) {
            // After the refusals were looked into: that, too, must have come before the lease has ended.
            lease.noneLeads(poll.askedNanos(), System.nanoTime());
            if (!isTold) {
                isTold = true;
                LOG.warn("zookeeper=leaderless words={} consequence=\"the lease goes on\"", poll.words());
            }
        }
    }
}
