package io.stead.schema.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.ensemble.JavaProcess;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The lease against a real ensemble: in whatever way the holder is cut off, its session as another client sees it must not be over
 * before the lease's end. The holder is a process of its own, so that it can be stalled as a whole.
 */
@Tag("C2")
class LeaseTest {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final AtomicInteger HOLDERS = new AtomicInteger();
    private static Ensemble ensemble;

    private final String path = "/holder" + HOLDERS.incrementAndGet();
    private final CompletableFuture<Long> goneNanos = new CompletableFuture<>();
    private final List<Session> witnesses = new ArrayList<>();
    private volatile boolean wasThere;

    @BeforeAll
    static void startServers() {
        ensemble = Ensemble.start(3, TICK);
    }

    @AfterAll
    static void stopServers() {
        ensemble.close();
    }

    @BeforeEach
    void awaitServers() {
        ensemble.awaitServing();
    }

    @AfterEach
    void close() {
        witnesses.forEach(Session::close);
    }

    @Test
    void lease_moves_asLongAsItsHolderIsWell() throws Exception {
        watchAt(ensemble.leader());
        try (LeaseHolder holder = holder(ensemble.connect())) {
            patiently().until(() -> holder.moves() >= 10);
            assertThat(holder.endNanos()).isGreaterThan(System.nanoTime());
            assertThat(holder.over()).isEmpty();
        }
    }

    @Test
    void stalledHolder_hasLostItsLease_beforeItsSessionIsGone() throws Exception {
        watchAt(ensemble.leader());
        try (LeaseHolder holder = holder(ensemble.connect())) {
            patiently().until(() -> holder.moves() >= 5);
            JavaProcess.freeze(holder.process());

            assertThatSessionOutlived(holder);
            JavaProcess.thaw(holder.process());
            patiently().until(() -> holder.over().contains("SESSION_GONE"));
        }
    }

    /** Two commits between the reports of a follower: they must not be taken for proof of each other. */
    @RepeatedTest(3)
    void oneCommitAfterAStall_andThenAFrozenFollower_doesNotOutliveTheSession() throws Exception {
        int follower = ensemble.follower();
        watchAt(ensemble.leader());
        try (LeaseHolder holder = holder(ensemble.connect(follower))) {
            patiently().until(() -> holder.moves() >= 5);
            JavaProcess.freeze(holder.process());
            long stalledNanos = System.nanoTime();
            patiently()
                    .until(() -> System.nanoTime() - stalledNanos
                            > Duration.ofMillis(1200).toNanos());
            int moves = holder.moves();
            JavaProcess.thaw(holder.process());
            patiently().until(() -> holder.moves() > moves);
            ensemble.freeze(follower);
            try {
                assertThatSessionOutlived(holder);
            } finally {
                ensemble.thaw(follower);
            }
        }
    }

    @Test
    void frozenFollower_doesNotOutliveTheSession() throws Exception {
        int follower = ensemble.follower();
        watchAt(ensemble.leader());
        try (LeaseHolder holder = holder(ensemble.connect(follower))) {
            patiently().until(() -> holder.moves() >= 8);
            ensemble.freeze(follower);
            try {
                assertThatSessionOutlived(holder);
            } finally {
                ensemble.thaw(follower);
            }
        }
    }

    @Test
    void leaderMove_andThenAStall_doesNotOutliveTheSession() throws Exception {
        int leader = ensemble.leader();
        int follower = ensemble.follower();
        watchAt(anotherFollower(leader, follower));
        try (LeaseHolder holder = holder(ensemble.connect(follower))) {
            patiently().until(() -> holder.moves() >= 5);
            int moves = holder.moves();
            ensemble.kill(leader);
            patiently().until(() -> holder.moves() > moves + 2);
            JavaProcess.freeze(holder.process());
            try {
                assertThatSessionOutlived(holder);
            } finally {
                ensemble.restart(leader);
            }
        }
    }

    @Test
    void leaderFrozenAmidRenewals_doesNotOutliveTheSession() throws Exception {
        int leader = ensemble.leader();
        int follower = ensemble.follower();
        watchAt(anotherFollower(leader, follower));
        try (LeaseHolder holder = holder(ensemble.connect(follower))) {
            patiently().until(() -> holder.moves() >= 5);
            ensemble.freeze(leader);
            JavaProcess.freeze(holder.process());
            try {
                assertThatSessionOutlived(holder);
            } finally {
                ensemble.thaw(leader);
            }
        }
    }

    /** The witness sees the end later than it was, by milliseconds: the margin of the rule is to be larger than that. */
    private void assertThatSessionOutlived(LeaseHolder holder) throws Exception {
        long gone = goneNanos.get(30, TimeUnit.SECONDS);
        assertThat(gone - holder.endNanos())
                .as("nanoseconds from the lease's end to the session's")
                .isPositive();
    }

    /** Watches the holder's znode from a server that is not going to be frozen or killed. */
    private void watchAt(int server) throws Exception {
        Session witness = Session.open(new Session.Settings(
                ensemble.connect(server), Duration.ofSeconds(10), Credentials.OPEN, Optional.empty()));
        witnesses.add(witness);
        Znodes znodes = witness.znodes();
        assertThat(witness.awaitEstablished(Duration.ofSeconds(20))).isInstanceOf(SessionState.Connected.class);
        assertThat(znodes.watch(path, (_, deleted, _) -> {
                            wasThere = true;
                            if (deleted) {
                                var _ = goneNanos.complete(System.nanoTime());
                            }
                        })
                        .get(20, TimeUnit.SECONDS))
                .isTrue();
        // Without a leader there is no connection either, and what is missed is not told.
        znodes.onConnect(() -> {
            var _ = znodes.read(path).thenAccept(read -> {
                if (wasThere && read instanceof Read.Absent<Znode>) {
                    var _ = goneNanos.complete(System.nanoTime());
                }
            });
        });
    }

    private int anotherFollower(int leader, int follower) {
        return IntStream.range(0, ensemble.size())
                .filter(i -> i != leader && i != follower)
                .findFirst()
                .orElseThrow();
    }

    private LeaseHolder holder(String connect) {
        LeaseHolder holder = new LeaseHolder(connect, TIMEOUT, TICK, path);
        ensemble.guard(holder.process());
        return holder;
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }
}
