package io.stead.schema.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.znode.Connection;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rule of protocols.md, "Lease", by numbers: T = 2 s, t = 200 ms; margin 102 ms, so that T − margin = 1898 ms. */
@Tag("C2")
class LeaseEndTest {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Connection FIRST = new Connection(1, ms(0), "a", "b");
    private static final Connection SECOND = new Connection(2, ms(0), "a", "c");

    private LeaseEnd lease = LeaseEnd.none(TICK, TIMEOUT);

    @Test
    void beforeAnyCommittedWrite_thereIsNoLease() {
        assertThat(lease.nanos()).isEmpty();
    }

    @Test
    @Tag("C3")
    void withoutALeader_theLeaseIsReckonedFromTheQuestion_butForTheSlack() {
        committed(FIRST, 900, 905);
        lease = lease.withoutLeader(ms(1500), ms(1600));
        assertThat(endMillis()).as("t/2 + 150 ms are taken off").isEqualTo(1500 - 250 + 1898);
    }

    @Test
    @Tag("C3")
    void answerAfterTheEnd_orBeforeAnyLease_extendsNothing() {
        assertThat(lease.withoutLeader(ms(10), ms(20)).nanos()).isEmpty();
        committed(FIRST, 900, 905);
        assertThat(endMillis()).isEqualTo(1898);
        lease = lease.withoutLeader(ms(1700), ms(1898));
        assertThat(endMillis()).isEqualTo(1898);
        lease = lease.withoutLeader(ms(200), ms(300));
        assertThat(endMillis()).as("an older question than the proof").isEqualTo(1898);
    }

    @Test
    void tickThatGrows_isReckonedWith_andOneThatShrinksIsNot() {
        committed(FIRST, 100, 150);
        lease = lease.ticking(Duration.ofMillis(100)).ticking(Duration.ofMillis(400));
        committed(FIRST, 400, 405);
        assertThat(endMillis()).as("400 − 150 < 350").isEqualTo(1898);
    }

    @Test
    void firstCommit_showsOnlyThatTheSessionWasMadeAfterItsHandle() {
        committed(FIRST, 900, 905);
        assertThat(endMillis()).isEqualTo(1898);
    }

    @Test
    void commit_provesTheNewestSendThatWasAnsweredLongEnoughBefore() {
        committed(FIRST, 100, 105);
        committed(FIRST, 433, 440);
        committed(FIRST, 766, 770);
        // 433 was answered at 440, and 766 − 440 ≥ 250.
        assertThat(endMillis()).isEqualTo(433 + 1898);
    }

    @Test
    void twoWritesInOnePingInterval_proveNothingOfEachOther() {
        committed(FIRST, 100, 105);
        // A stall of 1.2 s; then two commits within one interval of pings, and the follower freezes.
        committed(FIRST, 1300, 1305);
        committed(FIRST, 1400, 1405);
        assertThat(endMillis()).isEqualTo(100 + 1898);
    }

    @Test
    void answerJustTooLate_provesNothing_andOneMillisecondEarlierIsEnough() {
        committed(FIRST, 100, 151);
        committed(FIRST, 400, 405);
        assertThat(endMillis()).as("400 − 151 < 250").isEqualTo(1898);

        lease = LeaseEnd.none(TICK, TIMEOUT);
        committed(FIRST, 100, 150);
        committed(FIRST, 400, 405);
        assertThat(endMillis()).as("400 − 150 = 250").isEqualTo(100 + 1898);
    }

    @Test
    void anotherConnection_provesNothingOfWhatWasSentOverTheFirst() {
        committed(FIRST, 100, 105);
        committed(FIRST, 500, 505);
        committed(SECOND, 1500, 1505);
        assertThat(endMillis()).isEqualTo(100 + 1898);

        committed(SECOND, 1800, 1805);
        assertThat(endMillis()).isEqualTo(1500 + 1898);
    }

    @Test
    void connectionBetweenTwoWritesOfTheFirst_hidesTheEarlierOne() {
        committed(FIRST, 100, 105);
        committed(SECOND, 300, 305);
        committed(FIRST, 600, 605);
        assertThat(endMillis()).isEqualTo(1898);
    }

    @Test
    void freshHandle_showsThatTheSessionWasResumedAfterItWasMade() {
        committed(FIRST, 100, 105);
        committed(FIRST, 500, 505);
        committed(new Connection(2, ms(1400), "a", "c"), 1450, 1455);
        assertThat(endMillis()).isEqualTo(1400 + 1898);
    }

    @Test
    void olderHandle_doesNotMoveTheEndBack() {
        committed(FIRST, 100, 105);
        committed(FIRST, 500, 505);
        committed(FIRST, 900, 905);
        committed(SECOND, 950, 955);
        assertThat(endMillis()).isEqualTo(500 + 1898);
    }

    @Test
    void slowAnswers_countFromTheirSend_andQualifyByTheirArrival() {
        committed(FIRST, 100, 700);
        committed(FIRST, 710, 1300);
        assertThat(endMillis()).isEqualTo(1898);
        committed(FIRST, 1310, 1320);
        assertThat(endMillis()).isEqualTo(100 + 1898);
    }

    @Test
    void smallerGrant_movesTheEndBack() {
        committed(FIRST, 100, 105);
        committed(FIRST, 500, 505);
        lease = lease.granted(Duration.ofSeconds(1));
        assertThat(endMillis()).isEqualTo(100 + 1000 - 101);
    }

    @Test
    void longerTick_needsLongerProof() {
        lease = LeaseEnd.none(Duration.ofSeconds(1), Duration.ofSeconds(4));
        committed(FIRST, 100, 105);
        committed(FIRST, 700, 705);
        assertThat(endMillis()).as("700 − 105 < 650").isEqualTo(4000 - 104);
        committed(FIRST, 800, 805);
        assertThat(endMillis()).as("800 − 105 ≥ 650").isEqualTo(100 + 4000 - 104);
    }

    @Test
    void clockOfAnyOrigin_evenAcrossItsOverflow_isReckonedWith() {
        long origin = Long.MAX_VALUE - ms(450);
        Connection connection = new Connection(1, origin, "a", "b");
        lease = lease.committed(new LeaseEnd.Write(connection, origin + ms(100), origin + ms(105)))
                .committed(new LeaseEnd.Write(connection, origin + ms(500), origin + ms(505)));
        assertThat(lease.nanos()).isEqualTo(OptionalLong.of(origin + ms(100 + 1898)));
    }

    private void committed(Connection connection, long sentMillis, long answeredMillis) {
        lease = lease.committed(new LeaseEnd.Write(connection, ms(sentMillis), ms(answeredMillis)));
    }

    private long endMillis() {
        return lease.nanos().orElseThrow() / 1_000_000;
    }

    private static long ms(long millis) {
        return millis * 1_000_000;
    }
}
