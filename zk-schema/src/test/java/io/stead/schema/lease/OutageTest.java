package io.stead.schema.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.servers.Refusals;
import io.stead.schema.session.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leases through outages of a real ensemble: kept where no voter can be leading, ended where one might be. */
@Tag("C3")
final class OutageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Ensemble ensemble = Ensemble.start(3, TICK);

    @AfterEach
    void stopServers() {
        ensemble.close();
    }

    @Test
    void allVotersSayThatTheyHaveNoLeader_theLeaseGoesOn_andTheSessionIsThereAfterwards() throws Exception {
        try (LeasedSession held = held(Refusals.PROVE_NOTHING)) {
            long id = held.session().id();
            int kept = ensemble.leader();
            List<Integer> others = others(kept);
            others.forEach(ensemble::kill);
            others.forEach(ensemble::restartAlone);

            held.lookFor(TIMEOUT.multipliedBy(3));
            assertThat(held.session().state()).isInstanceOf(SessionState.Suspended.class);
            assertThat(held.leastNanos()).isPositive();

            others.forEach(ensemble::kill);
            others.forEach(ensemble::restart);
            awaitConnected(held);
            held.awaitMoves(5);
            assertThat(held.session().id()).isEqualTo(id);
            assertThat(held.leastNanos()).isPositive();
        }
    }

    @Test
    void deadServersRefuse_whichProvesNothing_andTheLeaseEnds() throws Exception {
        try (LeasedSession held = held(Refusals.PROVE_NOTHING)) {
            IntStream.range(0, 3).forEach(ensemble::kill);

            held.lookFor(TIMEOUT);
            assertThat(held.leastNanos()).isNegative();
        }
    }

    @Test
    void deadServersRefuse_whichTheOperatorTrusts_andTheLeaseGoesOn() throws Exception {
        try (LeasedSession held = held(Refusals.TRUSTED)) {
            long id = held.session().id();
            IntStream.range(0, 3).forEach(ensemble::kill);
            held.lookFor(TIMEOUT.multipliedBy(3));
            assertThat(held.leastNanos()).isPositive();

            IntStream.range(0, 3).forEach(ensemble::restart);
            awaitConnected(held);
            held.awaitMoves(5);
            assertThat(held.session().id()).isEqualTo(id);
            assertThat(held.leastNanos()).isPositive();
        }
    }

    @Test
    void oneVoterIsSilent_andTheLeaseEnds() throws Exception {
        try (LeasedSession held = held(Refusals.TRUSTED)) {
            int frozen = ensemble.follower();
            others(frozen).forEach(ensemble::kill);
            ensemble.freeze(frozen);
            try {
                held.lookFor(TIMEOUT);
                assertThat(held.leastNanos()).isNegative();
            } finally {
                ensemble.thaw(frozen);
            }
        }
    }

    @Test
    void standaloneServer_isItsOnlyVoter() throws Exception {
        try (Ensemble alone = Ensemble.start(1, TICK);
                LeasedSession held = new LeasedSession(alone.connect(), TIMEOUT, TICK, Refusals.TRUSTED)) {
            held.awaitWatched();
            alone.kill(0);
            held.lookFor(TIMEOUT.multipliedBy(2));
            assertThat(held.leastNanos()).isPositive();

            alone.restart(0);
            awaitConnected(held);
            held.awaitMoves(3);
            assertThat(held.leastNanos()).isPositive();
        }
    }

    private LeasedSession held(Refusals refusals) throws InterruptedException {
        LeasedSession held = new LeasedSession(ensemble.connect(), TIMEOUT, TICK, refusals);
        held.awaitWatched();
        return held;
    }

    private static void awaitConnected(LeasedSession held) {
        await().atMost(LONG).until(() -> held.session().state() instanceof SessionState.Connected);
    }

    private static List<Integer> others(int server) {
        return IntStream.range(0, 3).filter(i -> i != server).boxed().toList();
    }
}
