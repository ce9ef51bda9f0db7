package io.stead.it.bench;

import io.stead.it.cluster.Servers;
import io.stead.schema.lease.LeaseKeeper;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Kills ZooKeeper's leader, again and again, under a session that keeps a lease: how long no renewal is committed. */
final class OutageBench {
    private static final int ROUNDS = 9;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(200);

    private OutageBench() {}

    static void run() throws InterruptedException {
        Figures pause = new Figures("ZooKeeper's leader killed -> the next renewal of a lease", "ms", "600 ms");
        Figures left = new Figures("  the least that was left of the lease meanwhile (T = 2 s)", "ms", "> 0");
        try (Servers servers = new Servers()) {
            servers.awaitServing();
            try (Session session = Session.open(
                    new Session.Settings(servers.connect(), TIMEOUT, Credentials.OPEN, Optional.empty()))) {
                Trial.await("the session", () -> session.state() instanceof SessionState.Connected);
                round(servers, session, pause, left);
            }
        }
        pause.print();
        left.print();
    }

    private static void round(Servers servers, Session session, Figures pause, Figures left)
            throws InterruptedException {
        try (LeaseKeeper lease = new LeaseKeeper(
                session.znodes(), "/bench-lease", session::saved, TICK, System::nanoTime, new Doubts(session))) {
            session.onChange(lease::look);
            lease.start();
            for (int i = 0; i < ROUNDS; i++) {
                servers.awaitServing();
                TimeUnit.SECONDS.sleep(3);
                servers.kill(servers.leader());
                long killed = System.nanoTime();
                long least = Long.MAX_VALUE;
                while (lease.renewedNanos() - killed < 0) {
                    least = Math.min(least, lease.endNanos().orElse(killed) - System.nanoTime());
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                pause.add((lease.renewedNanos() - killed) / 1e6);
                left.add(least / 1e6);
                servers.revive();
            }
        }
    }

    /** As an agent listens: what is not answered is doubted. */
    private record Doubts(Session session) implements LeaseKeeper.Listener {
        @Override
        public void moved(long endNanos) {}

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
            throw new IllegalStateException("the lease is over: " + why);
        }
    }
}
