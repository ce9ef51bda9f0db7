package io.stead.schema.lease;

import io.stead.model.Spans;
import io.stead.schema.servers.Poll;
import io.stead.schema.servers.Refusals;
import io.stead.schema.servers.Voters;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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
    private static final long SOON_ASKS = 5;
    private static final Duration HEAR_SOON = Duration.ofSeconds(2);

    private final Session session;
    private final LeaseKeeper lease;
    private final Refusals refusals;
    private final Thread thread;
    /** Of which ensemble a leader was heard to say so. */
    private volatile Optional<Voters> led = Optional.empty();

    private final Semaphore looks = new Semaphore(0);
    private long heardNanos;
    private long asks;
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

    /**
     * The session's state has changed, or a renewal is not answered: ask at once, for between two leaders there may be no more than
     * half a second.
     */
    public void look() {
        looks.release();
    }

    private void watch() {
        try {
            while (!(session.state() instanceof SessionState.Gone)) {
                try {
                    ask();
                } catch (RuntimeException bug) {
                    LOG.error("outage-watch=failed consequence=\"it goes on\"", bug);
                }
                if (looks.tryAcquire(pause().toNanos(), TimeUnit.NANOSECONDS)) {
                    looks.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Once there is nothing to hear any more it is told when to look: by the session, and by the lease. */
    private Duration pause() {
        if (isOverdue()) {
            return patience();
        }
        boolean waits = isWatching() || asks >= SOON_ASKS;
        return waits ? session.timeout() : Spans.part(session.timeout(), OVERDUE_PER_TIMEOUT);
    }

    private void ask() {
        Optional<Voters> voters = session.voters();
        if (voters.isEmpty()) {
            if (session.state() instanceof SessionState.Connected && isTimeToHear()) {
                session.askForVoters();
                if (asks == SOON_ASKS) {
                    LOG.warn("outage=not-watched reason=\"the client address of some voter isn't known\""
                            + " consequence=\"exclusive services stop when ZooKeeper has no leader for longer than"
                            + " the lease\" mend=\"give each server's own address in its configuration, not"
                            + " 0.0.0.0\"");
                }
            }
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
                || since > Spans.part(session.timeout(), OVERDUE_PER_TIMEOUT).toNanos();
    }

    private Duration patience() {
        return Spans.part(session.timeout(), POLLS_PER_TIMEOUT);
    }

    private void hear(Voters voters) {
        boolean known = led.equals(Optional.of(voters));
        if (!known
                && (led.isPresent() || isTimeToHear())
                && Poll.of(voters, patience()).showsLeader()) {
            led = Optional.of(voters);
            LOG.info(
                    "outage=watched voters={}",
                    voters.addresses().stream()
                            .map(a -> a.getHostString() + ":" + a.getPort())
                            .toList());
        }
    }

    /** Soon again at first: a leader may just have been busy. With leaderServes=no it never says. */
    private boolean isTimeToHear() {
        long nowNanos = System.nanoTime();
        Duration pause = asks < SOON_ASKS ? HEAR_SOON : HEAR_AGAIN;
        if (nowNanos - heardNanos < pause.toNanos()) {
            return false;
        }
        heardNanos = nowNanos;
        asks++;
        return true;
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
