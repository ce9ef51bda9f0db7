package io.stead.schema.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session whose servers are killed and frozen goes on with another one, and its lease does not run out meanwhile. */
@Tag("A3")
final class SessionKeeperTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Ensemble ensemble = Ensemble.start(3, TICK);
    private final AtomicInteger moves = new AtomicInteger();
    /** The least that was left of the lease whenever it was looked at. */
    private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);

    private Session session;
    private LeaseKeeper lease;

    @BeforeEach
    void hold() throws Exception {
        hold(ensemble.connect());
    }

    private void hold(String connect) throws InterruptedException {
        session = open(connect, Optional.empty());
        lease = new LeaseKeeper(
                session.znodes(), "/lease", session::saved, TICK, System::nanoTime, new LeaseKeeper.Listener() {
                    @Override
                    public void moved(long endNanos) {
                        moves.incrementAndGet();
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
        session.onChange(lease::look);
        lease.start();
        movesOn(3);
    }

    @AfterEach
    void letGo() {
        lease.close();
        session.close();
        ensemble.close();
    }

    @Test
    @Tag("C3")
    void leaderKilled_theLeaseGoesOn() {
        ensemble.kill(ensemble.leader());

        movesOn(8);
        assertThat(least.get()).isPositive();
    }

    @Test
    void ownServerKilled_theSessionGoesOnElsewhere() {
        int mine = server();
        long id = session.id();
        ensemble.kill(mine);

        await().atMost(LONG).until(() -> isConnectedElsewhere(mine));
        movesOn(5);
        assertThat(session.id()).isEqualTo(id);
        assertThat(least.get()).isPositive();
    }

    @Test
    void ownServerFrozen_isNotWaitedFor() throws Exception {
        // A follower: the frozen leader of an ensemble takes the writes of all with it.
        lease.close();
        session.close();
        int leader = ensemble.leader();
        hold(IntStream.range(0, 3)
                .filter(i -> i != leader)
                .mapToObj(ensemble::connect)
                .collect(Collectors.joining(",")));
        int mine = server();
        ensemble.freeze(mine);
        try {
            await().atMost(LONG).until(() -> isConnectedElsewhere(mine));
            movesOn(5);
            assertThat(least.get()).isPositive();
        } finally {
            ensemble.thaw(mine);
        }
    }

    @Test
    void allServersGoneForAWhile_theSameSessionIsThereAfterwards() throws Exception {
        long id = session.id();
        assertThat(session.znodes()
                        .write(List.of(new Write.Create("/mine", "", Write.Mode.EPHEMERAL, Access.OWN)))
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(WriteOutcome.Committed.class);
        IntStream.range(0, 3).forEach(ensemble::kill);
        await().atMost(LONG).until(() -> session.state() instanceof SessionState.Suspended);

        IntStream.range(0, 3).forEach(ensemble::restart);
        await().atMost(LONG).until(() -> session.state() instanceof SessionState.Connected);
        assertThat(session.id()).isEqualTo(id);
        assertThat(session.znodes().read("/mine").get(20, TimeUnit.SECONDS).toString())
                .contains("/mine");
    }

    @Test
    void deadServersInTheList_areNoObstacle() throws Exception {
        String dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = "127.0.0.1:" + socket.getLocalPort();
        }
        SavedSession saved = session.saved().orElseThrow();
        session.abandon();

        try (Session resumed = open(dead + "," + ensemble.connect(0), Optional.of(saved))) {
            assertThat(resumed.state()).isInstanceOf(SessionState.Connected.class);
            assertThat(resumed.id()).isEqualTo(saved.id());
        }
    }

    private static Session open(String connect, Optional<SavedSession> saved) throws InterruptedException {
        Session opened = Session.open(new Session.Settings(connect, TIMEOUT, Credentials.OPEN, saved));
        assertThat(opened.awaitEstablished(LONG)).isInstanceOf(SessionState.Connected.class);
        return opened;
    }

    private int server() {
        int port = session.server().orElseThrow().getPort();
        return IntStream.range(0, 3)
                .filter(i -> ensemble.port(i) == port)
                .findFirst()
                .orElseThrow();
    }

    private boolean isConnectedElsewhere(int server) {
        look();
        return session.state() instanceof SessionState.Connected && server() != server;
    }

    private void movesOn(int times) {
        int goal = moves.get() + times;
        await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> {
            look();
            return moves.get() >= goal;
        });
    }

    private void look() {
        lease.endNanos().ifPresent(end -> least.accumulateAndGet(end - System.nanoTime(), Math::min));
    }
}
