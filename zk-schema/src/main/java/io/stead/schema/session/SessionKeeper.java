package io.stead.schema.session;

import io.stead.schema.servers.Scout;
import io.stead.schema.servers.ServerWord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session connected (A3, C4; protocols.md, "ZooKeeper outage"). ZooKeeper's client would sleep up to a second at
 * random before it connects again, to whichever server comes next; here a server that serves is looked for at once, and the
 * session gone on with over a fresh handle to it:
 *
 * <pre>
 *   connection lost             ask all servers at once, take the first that serves, resume there; none serves: ask again
 *   a lease write unanswered    for T/6, and the server is silent, or for 2T/6: does another one serve? resume there
 *   resumed, and no answer      let go of that attempt before the next, with another server if there is one: never two that
 *                               ask for the session at once
 * </pre>
 *
 * What races are connects and four-letter words only. A thread of its own; signals come on any.
 */
final class SessionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
    private static final Duration PATIENCE = Duration.ofMillis(150);
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);
    private static final int LONGEST_PAUSE_PER_TIMEOUT = 8;
    private static final Duration FIRST_ATTEMPT = Duration.ofMillis(300);

    private final Session session;
    private final HandleFactory handles;
    private final List<InetSocketAddress> servers;
    private final Semaphore looks = new Semaphore(0);
    private final AtomicInteger doubts = new AtomicInteger();
    private final Thread thread;

    // The thread's own.
    private Duration attempt = FIRST_ATTEMPT;
    private Duration pause = ASK_AGAIN;
    /** The first handle has all servers to try, and mostly finds one by itself. */
    private boolean waits = true;
    /** With whom the last attempt was made, while it has not come through. */
    private Optional<InetSocketAddress> failed = Optional.empty();

    SessionKeeper(Session session, HandleFactory handles, List<InetSocketAddress> servers) {
        this.session = session;
        this.handles = handles;
        this.servers = List.copyOf(servers);
        this.thread = Thread.ofPlatform().daemon().name("stead-session").unstarted(this::keep);
    }

    void start() {
        thread.start();
    }

    /** The session's state has changed. */
    void look() {
        looks.release();
    }

    /**
     * Something that was asked has not been answered for a sixth of the time-out: is the server still there? Told so twice
     * running, it may say of itself what it likes: it may be cut off from the one that leads.
     */
    void doubt() {
        doubts.incrementAndGet();
        looks.release();
    }

    /** What was asked is answered again. */
    void trust() {
        doubts.set(0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keep() {
        while (!(session.state() instanceof SessionState.Gone)) {
            try {
                round();
            } catch (InterruptedException e) {
                // Closed.
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error bug) {
                // Without a keeper the session would end with the next server that does.
                LOG.error("session-keeper=failed consequence=\"it goes on\"", bug);
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
    }

    private void round() throws InterruptedException {
        switch (session.state()) {
            case SessionState.Gone _ -> {}
            case SessionState.Connected _ -> {
                attempt = FIRST_ATTEMPT;
                pause = ASK_AGAIN;
                failed = Optional.empty();
                int unanswered = doubts.get();
                if (unanswered > 0 && lookElsewhere(unanswered > 1)) {
                    doubts.set(0);
                    awaitChange(attempt);
                } else if (isSettled()) {
                    looks.acquire();
                }
                waits = false;
            }
            case SessionState.Connecting _, SessionState.Suspended _ -> {
                doubts.set(0);
                if (waits || seek()) {
                    awaitChange(attempt);
                    attempt = longer(attempt, longestAttempt());
                } else {
                    awaitChange(jittered(pause));
                    pause = longer(pause, session.timeout().dividedBy(LONGEST_PAUSE_PER_TIMEOUT));
                }
                waits = false;
            }
        }
    }

    /**
     * Returns whether there is a new attempt to wait for; the old one may have come through while it was looked elsewhere. A
     * server with which the last attempt has failed comes only where no other one serves.
     */
    private boolean seek() throws InterruptedException {
        Optional<InetSocketAddress> server = Scout.firstServing(servers, failed, PATIENCE);
        if (server.isEmpty() && failed.isPresent()) {
            failed = Optional.empty();
            server = Scout.firstServing(servers, failed, PATIENCE);
        }
        return !isSettled() && resume(server);
    }

    /** A new session takes the ensemble a transaction, and each attempt that is given up leaves one behind. */
    private Duration longestAttempt() {
        Duration timeout = session.timeout();
        return session.saved().isPresent() ? timeout.dividedBy(2) : timeout.multipliedBy(4);
    }

    private static Duration jittered(Duration pause) {
        return Duration.ofNanos(
                (long) (pause.toNanos() * (1 + ThreadLocalRandom.current().nextDouble())));
    }

    private boolean isSettled() {
        return switch (session.state()) {
            case SessionState.Connected _, SessionState.Gone _ -> true;
            case SessionState.Connecting _, SessionState.Suspended _ -> false;
        };
    }

    private static Duration longer(Duration span, Duration longest) {
        Duration twice = span.multipliedBy(2);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }

    /** Returns whether the session is being resumed with another server; {@code insists}: whatever mine says. */
    private boolean lookElsewhere(boolean insists) throws InterruptedException {
        Optional<InetSocketAddress> mine = session.server();
        if (mine.isEmpty() || (!insists && ServerWord.of(mine.get(), PATIENCE).isServing())) {
            return false;
        }
        Optional<InetSocketAddress> other = Scout.firstServing(servers, mine, PATIENCE);
        other.ifPresent(o -> LOG.warn("server={} state=silent consequence=\"going on with {}\"", mine.get(), o));
        return resume(other);
    }

    /** Returns whether there was a server to resume with. */
    private boolean resume(Optional<InetSocketAddress> server) {
        if (server.isEmpty()) {
            return false;
        }
        try {
            LOG.debug("session=resuming server={}", server.get());
            handles.turnTo(server.get());
            failed = server; // until it has come through
            session.curator().getZookeeperClient().reset();
            return true;
        } catch (Exception e) {
            LOG.warn("session=not-resumed server={} reason=\"{}\"", server.get(), e.toString());
            return false;
        }
    }

    /** Until the session is connected or over, or the time has passed. */
    private void awaitChange(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isSettled() && looks.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            // Looks again.
        }
    }
}
