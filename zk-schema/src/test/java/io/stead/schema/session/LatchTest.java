package io.stead.schema.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.model.NodeId;
import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A4")
@Tag("B15")
class LatchTest {
    private static Ensemble ensemble;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void startServer() {
        ensemble = Ensemble.start(1);
    }

    @AfterAll
    static void stopServer() {
        ensemble.close();
    }

    @BeforeEach
    void makeParent() throws Exception {
        Session session = session(Optional.empty());
        WriteOutcome made = session.znodes()
                .write(List.of(new Write.Create(Layout.LEADER, "", Write.Mode.PERSISTENT, Access.ANSWERS)))
                .get(20, TimeUnit.SECONDS);
        assertThat(made).isNotInstanceOf(WriteOutcome.Unknown.class);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void oneIsElected_andTheNextWhenItStandsBack() throws Exception {
        AtomicInteger signals = new AtomicInteger();
        Latch first = latch(session(Optional.empty()), "n1", signals::incrementAndGet);
        patiently().until(first::isLeader);
        assertThat(signals).hasValue(1);

        Session other = session(Optional.empty());
        Latch second = latch(other, "n2", () -> {});
        patiently().until(() -> queued(other) == 2);
        assertThat(second.isLeader()).isFalse();

        first.close();
        assertThat(first.isLeader()).isFalse();
        patiently().until(second::isLeader);
    }

    @Test
    void leaderWhoseSessionEnds_isFollowedByTheNext() throws Exception {
        Session dying = session(Optional.empty());
        Latch first = latch(dying, "n1", () -> {});
        patiently().until(first::isLeader);
        Latch second = latch(session(Optional.empty()), "n2", () -> {});

        dying.close();

        patiently().until(second::isLeader);
        assertThat(first.isLeader()).isFalse();
    }

    @Test
    @Tag("C4")
    void resumedSession_doesNotQueueBehindItself() throws Exception {
        Session before = session(Optional.empty());
        Latch first = latch(before, "n1", () -> {});
        patiently().until(first::isLeader);
        SavedSession saved = before.saved().orElseThrow();
        before.abandon();

        Session after = session(Optional.of(saved));
        assertThat(after.id()).isEqualTo(before.id());
        Latch second = latch(after, "n1", () -> {});

        patiently().until(second::isLeader);
        assertThat(queued(after)).isEqualTo(1);
    }

    @Test
    void latchStartedBeforeTheConnection_standsAsSoonAsThereIsOne() throws Exception {
        Session session = Session.open(settings(Optional.empty()));
        opened.add(session);
        Latch latch = latch(session, "n1", () -> {});
        patiently().until(latch::isLeader);
    }

    @Test
    void whatStandsInTheWay_isTriedAgain_withoutAnotherConnect() throws Exception {
        Session installer = session(Optional.empty());
        create(installer, "/later");
        Session session = Session.open(new Session.Settings(
                ensemble.connect() + "/later", Duration.ofSeconds(4), Credentials.OPEN, Optional.empty()));
        opened.add(session);
        assertThat(session.awaitEstablished(Duration.ofSeconds(20))).isInstanceOf(SessionState.Connected.class);
        Latch latch = latch(session, "n1", () -> {});
        await().during(Duration.ofMillis(300)).until(() -> !latch.isLeader());

        create(installer, "/later" + Layout.LEADER);
        patiently().until(latch::isLeader);
    }

    private static void create(Session session, String path) throws Exception {
        assertThat(session.znodes()
                        .write(List.of(new Write.Create(path, "", Write.Mode.PERSISTENT, Access.ANSWERS)))
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(WriteOutcome.Committed.class);
    }

    private static int queued(Session session) throws Exception {
        Read<Read.Subtree> read = session.znodes().subtree(Layout.LEADER).get(20, TimeUnit.SECONDS);
        return ((Read.Found<Read.Subtree>) read).value().znodes().size() - 1;
    }

    private Latch latch(Session session, String node, Runnable signal) {
        Latch latch = new Latch(session, new NodeId(node), signal);
        opened.add(latch);
        latch.start();
        return latch;
    }

    private Session session(Optional<SavedSession> resume) throws InterruptedException {
        Session session = Session.open(settings(resume));
        opened.add(session);
        assertThat(session.awaitEstablished(Duration.ofSeconds(20))).isInstanceOf(SessionState.Connected.class);
        return session;
    }

    private static Session.Settings settings(Optional<SavedSession> resume) {
        return new Session.Settings(ensemble.connect(), Duration.ofSeconds(4), Credentials.OPEN, resume);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
    }
}
