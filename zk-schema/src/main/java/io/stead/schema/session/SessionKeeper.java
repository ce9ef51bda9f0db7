package io.stead.schema.session;

import io.stead.schema.servers.Scout;
import io.stead.schema.servers.ServerWord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session connected (A3, C4; protocols.md, "ZooKeeper outage"). ZooKeeper's client would sleep up to a second at
 * random before it connects again, to whichever server comes next; here a server that serves is looked for at once, and the
 * session gone on with over a fresh handle to it:
 *
 * <pre>
 *   connection lost             ask all servers at once, take the first that serves, resume there; none serves: ask again
 *   a lease write unanswered    is the server silent, and does another one serve? resume there
 *   resumed, and no answer      let go of that attempt before the next: never two that ask for the session at once
 * </pre>
 *
 * What races are connects and four-letter words only. A thread of its own; signals come on any.
 */
final class SessionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
    private static final Duration PATIENCE = Duration.ofMillis(150);
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);
    private static final Duration FIRST_ATTEMPT = Duration.ofMillis(300);

    private final Session session;
    private final HandleFactory handles;
    private final List<InetSocketAddress> servers;
    private final Semaphore looks = new Semaphore(0);
    private final Thread thread;
    private volatile boolean doubted;

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

    /** Something that was asked has not been answered for long: is the server still there? */
    void doubt() {
        doubted = true;
        looks.release();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keep() {
        Duration attempt = FIRST_ATTEMPT;
        // The first handle has all servers to try, and mostly finds one by itself.
        boolean waits = true;
        try {
            while (true) {
                switch (session.state()) {
                    case SessionState.Gone _ -> {
                        return;
                    }
                    case SessionState.Connected _ -> {
                        attempt = FIRST_ATTEMPT;
                        if (doubted) {
                            doubted = false;
                            if (lookElsewhere()) {
                                awaitChange(attempt);
                            }
                        }
                        if (isSettled()) {
                            looks.acquire();
                        }
                        waits = false;
                    }
                    case SessionState.Connecting _, SessionState.Suspended _ -> {
                        doubted = false;
                        if (waits || seek()) {
                            awaitChange(attempt);
                            attempt = longer(attempt);
                        } else {
                            awaitChange(ASK_AGAIN);
                        }
                        waits = false;
                    }
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether there is a new attempt to wait for; the old one may have come through while it was looked elsewhere. */
    private boolean seek() throws InterruptedException {
        Optional<InetSocketAddress> server = Scout.firstServing(servers, PATIENCE);
        return !isSettled() && resume(server);
    }

    private boolean isSettled() {
        return switch (session.state()) {
            case SessionState.Connected _, SessionState.Gone _ -> true;
            case SessionState.Connecting _, SessionState.Suspended _ -> false;
        };
    }

    private Duration longer(Duration attempt) {
        Duration longest = session.timeout().dividedBy(2);
        Duration twice = attempt.multipliedBy(2);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }

    /** Returns whether the session is being resumed with another server. */
    private boolean lookElsewhere() throws InterruptedException {
        Optional<InetSocketAddress> mine = session.server();
        if (mine.isEmpty() || ServerWord.of(mine.get(), PATIENCE).isServing()) {
            return false;
        }
        List<InetSocketAddress> others =
                servers.stream().filter(s -> !isSame(s, mine.get())).toList();
        Optional<InetSocketAddress> other = Scout.firstServing(others, PATIENCE);
        other.ifPresent(o -> LOG.warn("server={} state=silent consequence=\"going on with {}\"", mine.get(), o));
        return resume(other);
    }

    private static boolean isSame(InetSocketAddress configured, InetSocketAddress connected) {
        return new InetSocketAddress(configured.getHostString(), configured.getPort()).equals(connected);
    }

    /** Returns whether there was a server to resume with. */
    private boolean resume(Optional<InetSocketAddress> server) {
        if (server.isEmpty()) {
            return false;
        }
        try {
            LOG.debug("session=resuming server={}", server.get());
            handles.turnTo(server.get());
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
