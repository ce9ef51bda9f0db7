package io.stead.schema.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Connection;
import io.stead.schema.znode.Mirror;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mirror on real servers that go away: whichever way the connection comes back, it shows what was missed and what follows. */
class MirrorOverSessionTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final Ensemble ensemble = Ensemble.start(3);
    private Session mine;
    private Session others;
    private Mirror mirror;

    @BeforeEach
    void look() throws Exception {
        others = open(ensemble.connect(ensemble.leader()), Duration.ofSeconds(30));
        write(others, create("/a"), create("/a/1"));
        mine = open(
                ensemble.connect(ensemble.follower()) + "," + ensemble.connect(ensemble.leader()),
                Duration.ofSeconds(2));
        mirror = new Mirror(mine.znodes(), NEVER, 0, () -> {});
        mirror.start();
        mirror.add("/a");
        patiently().until(() -> mirror.image().under("/a").containsKey("/a/1"));
    }

    @AfterEach
    void close() {
        mirror.close();
        mine.close();
        others.close();
        ensemble.close();
    }

    @Test
    void changesOfOthers_areSeenAtOnce() throws Exception {
        write(others, create("/a/2"), new Write.Delete("/a/1", 0));
        patiently().until(() -> mirror.image().under("/a").keySet().equals(Set.of("/a", "/a/2")));
    }

    @Test
    void ownCommit_isInTheImageWithItsOutcome() throws Exception {
        for (int i = 0; i < 100; i++) {
            WriteOutcome outcome =
                    mirror.write(List.of(new Write.Set("/a/1", "n" + i, i))).get(20, TimeUnit.SECONDS);
            assertThat(outcome).isInstanceOf(WriteOutcome.Committed.class);
            assertThat(mirror.image().at("/a", "/a/1").orElseThrow().version()).isEqualTo(i + 1);
        }
    }

    @Test
    @Tag("C3")
    void freshHandleAfterALongOutage_seesWhatWasMissed_andWhatFollows() throws Exception {
        write(others, new Write.Set("/a/1", "before", 0));
        patiently().until(() -> mirror.image().at("/a", "/a/1").orElseThrow().version() == 1);
        long handle = connection().handleNanos();
        for (int i = 0; i < ensemble.size(); i++) {
            ensemble.kill(i);
        }
        long killedNanos = System.nanoTime();
        patiently()
                .until(() ->
                        System.nanoTime() - killedNanos > Duration.ofSeconds(4).toNanos());
        for (int i = 0; i < ensemble.size(); i++) {
            ensemble.restart(i);
        }
        ensemble.awaitServing();
        patiently().until(() -> others.state() instanceof SessionState.Connected);
        write(others, create("/a/2"));

        patiently().until(() -> mirror.image().under("/a").containsKey("/a/2"));
        patiently().until(() -> mine.state() instanceof SessionState.Connected);
        assertThat(connection().handleNanos()).as("another handle").isGreaterThan(handle);

        write(others, new Write.Delete("/a/2", 0));
        patiently().until(() -> !mirror.image().under("/a").containsKey("/a/2"));
    }

    private Connection connection() {
        assertThat(mine.state()).isInstanceOf(SessionState.Connected.class);
        return ((SessionState.Connected) mine.state()).connection();
    }

    private static Session open(String connect, Duration timeout) throws InterruptedException {
        Session session = Session.open(new Session.Settings(connect, timeout, Credentials.OPEN, Optional.empty()));
        assertThat(session.awaitEstablished(Duration.ofSeconds(20))).isInstanceOf(SessionState.Connected.class);
        return session;
    }

    private static void write(Session by, Write... writes) throws Exception {
        assertThat(by.znodes().write(List.of(writes)).get(30, TimeUnit.SECONDS))
                .isInstanceOf(WriteOutcome.Committed.class);
    }

    private static Write create(String path) {
        return new Write.Create(path, "", Write.Mode.PERSISTENT, Access.LEADER);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(5));
    }
}
