package io.stead.schema.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.session.SessionState.Connected;
import io.stead.schema.session.SessionState.Gone;
import io.stead.schema.session.SessionState.Suspended;
import io.stead.schema.session.SessionState.Why;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One session, against a real ensemble whose servers are frozen and killed. */
class SessionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static Ensemble ensemble;

    private final List<Session> opened = new ArrayList<>();

    @BeforeAll
    static void startServers() {
        ensemble = Ensemble.start(3);
    }

    @AfterAll
    static void stopServers() {
        ensemble.close();
    }

    @AfterEach
    void closeSessions() {
        opened.forEach(Session::close);
    }

    @Test
    void openedSession_hasAnId_aTimeout_andAConnection() throws Exception {
        Session session = open(ensemble.connect(0), Optional.empty());

        assertThat(session.id()).isNotZero();
        assertThat(session.timeout()).isEqualTo(TIMEOUT);
        assertThat(session.state()).isInstanceOfSatisfying(Connected.class, c -> {
            assertThat(c.connection().number()).isEqualTo(1);
            assertThat(c.connection().remote()).endsWith(":" + ensemble.port(0));
            assertThat(c.connection().local()).isNotEmpty();
        });
    }

    @Test
    void closedSession_takesItsEphemeralZnodesWithIt() throws Exception {
        Session other = open(ensemble.connect(), Optional.empty());
        Session session = open(ensemble.connect(), Optional.empty());
        ephemeral(session, "/closed");

        session.close();

        assertThat(session.state()).isEqualTo(new Gone(Why.CLOSED));
        assertThat(get(other.znodes().sync())).isPresent();
        assertThat(get(other.znodes().read("/closed"))).isEqualTo(new Read.Absent<>());
        assertThat(get(session.znodes().write(List.of(new Write.Check("/", 0)))))
                .isEqualTo(new WriteOutcome.SessionGone());
    }

    @Test
    @Tag("C4")
    void abandonedSession_isGoneOnWithByAnother_withAllItsZnodes() throws Exception {
        Session first = open(ensemble.connect(), Optional.empty());
        ephemeral(first, "/kept");
        Znode before = found(first, "/kept");

        SavedSession saved = first.saved().orElseThrow();
        first.abandon();
        Session second = open(ensemble.connect(), Optional.of(saved));

        assertThat(second.state()).isInstanceOf(Connected.class);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(found(second, "/kept")).isEqualTo(before);
        assertThat(second.saved().orElseThrow().zxid()).isGreaterThanOrEqualTo(saved.zxid());
    }

    /** What the last process has seen is the least that the next one may believe, also before it has seen anything. */
    @Test
    @Tag("C4")
    void resumedSession_remembersTheNewestTransactionThatItHasSeen() throws Exception {
        Session first = open(ensemble.connect(), Optional.empty());
        SavedSession saved = first.saved().orElseThrow();
        first.abandon();
        SavedSession farther =
                new SavedSession(saved.id(), saved.passwordHex(), saved.timeout(), saved.zxid() + 1_000_000);

        Session second = open(ensemble.connect(), Optional.of(farther));

        assertThat(second.state()).isInstanceOf(Connected.class);
        assertThat(second.saved().orElseThrow().zxid()).isEqualTo(farther.zxid());
    }

    @Test
    void sessionLoss_isReported_andNoOtherSessionTakesItsPlace() throws Exception {
        Session first = open(ensemble.connect(), Optional.empty());
        SavedSession saved = first.saved().orElseThrow();
        first.close();

        Session second = open(ensemble.connect(), Optional.of(saved));

        assertThat(second.state()).isEqualTo(new Gone(Why.EXPIRED));
        assertThat(get(second.znodes().write(List.of(create("/never"))))).isEqualTo(new WriteOutcome.SessionGone());
        Session third = open(ensemble.connect(), Optional.empty());
        assertThat(get(third.znodes().read("/never"))).isEqualTo(new Read.Absent<>());
    }

    @Test
    void connectionLoss_suspends_andTheSameSessionGoesOnElsewhere() throws Exception {
        Session session = open(ensemble.connect(), Duration.ofSeconds(6), Optional.empty());
        List<SessionState> states = new CopyOnWriteArrayList<>();
        session.onChange(() -> states.add(session.state()));
        int mine = serverOf(session);
        long id = session.id();

        ensemble.kill(mine);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        session.state() instanceof Connected c && c.connection().number() > 1);

        assertThat(session.id()).isEqualTo(id);
        assertThat(states).anyMatch(Suspended.class::isInstance).noneMatch(Gone.class::isInstance);
        assertThat(serverOf(session)).isNotEqualTo(mine);
        ensemble.restart(mine);
        ensemble.awaitServing();
    }

    @Test
    void unknownOutcome_isSaidSo_andSettledByReading() throws Exception {
        Session session = open(ensemble.connect(), Duration.ofSeconds(6), Optional.empty());
        write(session, create("/unknown"));
        int mine = serverOf(session);

        ensemble.freeze(mine);
        WriteOutcome outcome;
        try {
            outcome = get(session.znodes().write(List.of(new Write.Set("/unknown", "perhaps", 0))));
        } finally {
            ensemble.thaw(mine);
        }

        assertThat(outcome).isInstanceOf(WriteOutcome.Unknown.class);
        ensemble.awaitServing();
        await().atMost(Duration.ofSeconds(20)).until(() -> session.state() instanceof Connected);
        // Whether it took place is found in the znode, and a version-checked write settles it for good.
        Znode now = found(session, "/unknown");
        write(session, new Write.Set("/unknown", "settled", now.version()));
        write(session, new Write.Delete("/unknown", now.version() + 1));
    }

    @Test
    @Tag("C3")
    void outageLongerThanTheClientsPatience_doesNotEndTheSession() throws Exception {
        Session session = open(ensemble.connect(), Optional.empty());
        ephemeral(session, "/outage");
        Znode before = found(session, "/outage");
        List<SessionState> states = new CopyOnWriteArrayList<>();
        session.onChange(() -> states.add(session.state()));
        long id = session.id();

        for (int i = 0; i < ensemble.size(); i++) {
            ensemble.kill(i);
        }
        long killedNanos = System.nanoTime();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> System.nanoTime() - killedNanos
                        > TIMEOUT.multipliedBy(2).toNanos());
        for (int i = 0; i < ensemble.size(); i++) {
            ensemble.restart(i);
        }
        ensemble.awaitServing();
        await().atMost(Duration.ofSeconds(20)).until(() -> session.state() instanceof Connected);

        assertThat(session.id()).isEqualTo(id);
        assertThat(states).noneMatch(Gone.class::isInstance);
        assertThat(found(session, "/outage")).isEqualTo(before);
    }

    private static int serverOf(Session session) {
        assertThat(session.state()).isInstanceOf(Connected.class);
        String remote = ((Connected) session.state()).connection().remote();
        for (int i = 0; i < ensemble.size(); i++) {
            if (remote.endsWith(":" + ensemble.port(i))) {
                return i;
            }
        }
        throw new IllegalStateException(remote);
    }

    private Session open(String connect, Optional<SavedSession> resume) throws InterruptedException {
        return open(connect, TIMEOUT, resume);
    }

    private Session open(String connect, Duration timeout, Optional<SavedSession> resume) throws InterruptedException {
        Session session = Session.open(new Session.Settings(connect, timeout, Credentials.OPEN, resume));
        opened.add(session);
        session.awaitEstablished(Duration.ofSeconds(20));
        return session;
    }

    private static void ephemeral(Session session, String path) throws Exception {
        write(session, new Write.Create(path, "mine", Write.Mode.EPHEMERAL, Access.OWN));
    }

    private static Write create(String path) {
        return new Write.Create(path, "", Write.Mode.PERSISTENT, Access.LEADER);
    }

    private static void write(Session session, Write write) throws Exception {
        assertThat(get(session.znodes().write(List.of(write)))).isInstanceOf(WriteOutcome.Committed.class);
    }

    private static Znode found(Session session, String path) throws Exception {
        Read<Znode> read = get(session.znodes().read(path));
        assertThat(read).isInstanceOf(Read.Found.class);
        return ((Read.Found<Znode>) read).value();
    }

    private static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }
}
