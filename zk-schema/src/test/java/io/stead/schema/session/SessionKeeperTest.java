package io.stead.schema.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.lease.LeasedSession;
import io.stead.schema.servers.Refusals;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session whose servers are killed and frozen goes on with another one, and its lease does not run out meanwhile. */
final class SessionKeeperTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Ensemble ensemble = Ensemble.start(3, TICK);

    @AfterEach
    void stopServers() {
        ensemble.close();
    }

    @Test
    @Tag("C3")
    void leaderKilled_theLeaseGoesOn() throws Exception {
        try (LeasedSession held = held(ensemble.connect())) {
            ensemble.kill(ensemble.leader());

            held.awaitMoves(8);
            assertThat(held.leastNanos()).isPositive();
        }
    }

    @Test
    @Tag("C4")
    void ownServerKilled_theSessionGoesOnElsewhere() throws Exception {
        try (LeasedSession held = held(ensemble.connect())) {
            int mine = server(held.session());
            long id = held.session().id();
            ensemble.kill(mine);

            await().atMost(LONG).until(() -> isConnectedElsewhere(held.session(), mine));
            held.awaitMoves(5);
            assertThat(held.session().id()).isEqualTo(id);
            assertThat(held.leastNanos()).isPositive();
        }
    }

    /** As one of two control networks looks when it is gone without a word. */
    @Test
    void ownServerFrozen_isNotWaitedFor() throws Exception {
        // A follower: the frozen leader of an ensemble takes the writes of all with it.
        int leader = ensemble.leader();
        String followers = IntStream.range(0, 3)
                .filter(i -> i != leader)
                .mapToObj(ensemble::connect)
                .collect(Collectors.joining(","));
        try (LeasedSession held = held(followers)) {
            int mine = server(held.session());
            Handle before = held.session().handle();
            ensemble.freeze(mine);
            try {
                await().atMost(LONG).until(() -> isConnectedElsewhere(held.session(), mine));
                assertThat(held.session().handle())
                        .as("the client's own attempts would come over the same handle")
                        .isNotSameAs(before);
                held.awaitMoves(5);
                assertThat(held.leastNanos()).isPositive();
            } finally {
                ensemble.thaw(mine);
            }
        }
    }

    @Test
    void allServersGoneForAWhile_theSameSessionIsThereAfterwards() throws Exception {
        try (Session session = open(ensemble.connect(), Optional.empty())) {
            long id = session.id();
            Write mine = new Write.Create("/mine", "", Write.Mode.EPHEMERAL, Access.OWN);
            assertThat(session.znodes().write(List.of(mine)).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(WriteOutcome.Committed.class);
            IntStream.range(0, 3).forEach(ensemble::kill);
            await().atMost(LONG).until(() -> session.state() instanceof SessionState.Suspended);

            IntStream.range(0, 3).forEach(ensemble::restart);
            await().atMost(LONG).until(() -> session.state() instanceof SessionState.Connected);
            assertThat(session.id()).isEqualTo(id);
            assertThat(session.znodes().read("/mine").get(20, TimeUnit.SECONDS)).isInstanceOf(Read.Found.class);
        }
    }

    @Test
    void watches_areSetAgainOnAFreshHandle() throws Exception {
        try (Session session = open(ensemble.connect(), Optional.empty());
                Session other = open(ensemble.connect(), Optional.empty())) {
            List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
            assertThat(session.znodes()
                            .watch("/", (path, _, _) -> told.add(path))
                            .get(20, TimeUnit.SECONDS))
                    .isTrue();
            session.handle().abandon();
            await().atMost(LONG).until(() -> session.state() instanceof SessionState.Connected);

            await().atMost(LONG).until(() -> {
                String path = "/told-" + told.size() + "-" + System.nanoTime();
                var _ = other.znodes()
                        .write(List.of(new Write.Create(path, "", Write.Mode.EPHEMERAL, Access.OWN)))
                        .get(20, TimeUnit.SECONDS);
                return told.stream().anyMatch(t -> t.startsWith("/told-"));
            });
        }
    }

    @Test
    void deadServersInTheList_areNoObstacle() throws Exception {
        String dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = "127.0.0.1:" + socket.getLocalPort();
        }
        Session first = open(ensemble.connect(), Optional.empty());
        SavedSession saved = first.saved().orElseThrow();
        first.abandon();

        try (Session resumed = open(dead + "," + ensemble.connect(0), Optional.of(saved))) {
            assertThat(resumed.state()).isInstanceOf(SessionState.Connected.class);
            assertThat(resumed.id()).isEqualTo(saved.id());
        }
    }

    /** An agent that is restarted while all servers are down must not take its client's giving up for the session's end. */
    @Test
    @Tag("C4")
    void resumedWhileAllServersAreDown_theSessionIsThereAfterwards() throws Exception {
        Session first = open(ensemble.connect(), Optional.empty());
        SavedSession saved = first.saved().orElseThrow();
        first.abandon();
        IntStream.range(0, 3).forEach(ensemble::kill);

        try (Session resumed =
                Session.open(new Session.Settings(ensemble.connect(), TIMEOUT, Credentials.OPEN, Optional.of(saved)))) {
            Handle begun = resumed.handle();
            await().atMost(LONG).until(() -> resumed.handle() != begun);
            assertThat(resumed.state()).isInstanceOf(SessionState.Connecting.class);

            IntStream.range(0, 3).forEach(ensemble::restart);
            assertThat(resumed.awaitEstablished(LONG)).isInstanceOf(SessionState.Connected.class);
            assertThat(resumed.id()).isEqualTo(saved.id());
        }
    }

    /** As a follower looks that is cut off from the leader: it says that it follows, and no session gets through there. */
    @Test
    @Tag("A3")
    void serverThatServesNobody_isNotTriedAgainAndAgain() throws Exception {
        Session first = open(ensemble.connect(), Optional.empty());
        SavedSession saved = first.saved().orElseThrow();
        first.abandon();
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CountDownLatch asked = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> followInWordsOnly(socket, asked));
            ensemble.freeze(0);
            String connect = "127.0.0.1:" + socket.getLocalPort() + "," + ensemble.connect(0);
            try (Session resumed =
                    Session.open(new Session.Settings(connect, TIMEOUT, Credentials.OPEN, Optional.of(saved)))) {
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                ensemble.thaw(0);
                assertThat(resumed.awaitEstablished(LONG)).isInstanceOf(SessionState.Connected.class);
                assertThat(resumed.id()).isEqualTo(saved.id());
            }
        }
    }

    private static void followInWordsOnly(ServerSocket server, CountDownLatch asked) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> {
                    try {
                        String word = new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
                        if (word.equals("srvr")) {
                            socket.getOutputStream().write("Mode: follower\n".getBytes(StandardCharsets.US_ASCII));
                            socket.close();
                        } else {
                            asked.countDown();
                        }
                    } catch (IOException e) {
                        // Let go of.
                    }
                });
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static LeasedSession held(String connect) throws InterruptedException {
        return new LeasedSession(connect, TIMEOUT, TICK, Refusals.PROVE_NOTHING);
    }

    private static Session open(String connect, Optional<SavedSession> saved) throws InterruptedException {
        Session opened = Session.open(new Session.Settings(connect, TIMEOUT, Credentials.OPEN, saved));
        assertThat(opened.awaitEstablished(LONG)).isInstanceOf(SessionState.Connected.class);
        return opened;
    }

    private int server(Session session) {
        int port = session.server().orElseThrow().getPort();
        return IntStream.range(0, 3)
                .filter(i -> ensemble.port(i) == port)
                .findFirst()
                .orElseThrow();
    }

    private boolean isConnectedElsewhere(Session session, int server) {
        return session.state() instanceof SessionState.Connected
                && session.server()
                        .filter(s -> s.getPort() != ensemble.port(server))
                        .isPresent();
    }
}
