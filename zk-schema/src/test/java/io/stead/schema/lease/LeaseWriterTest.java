package io.stead.schema.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.lease.LeaseWriter.Round;
import io.stead.schema.memory.MemoryTree;
import io.stead.schema.memory.MemoryZnodes;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C2")
class LeaseWriterTest {
    private static final String PATH = "/n1";
    private final MemoryTree tree = new MemoryTree();
    private final MemoryZnodes mine = tree.session(7);
    private final LeaseWriter writer = writer(mine, 7);

    @Test
    void firstRound_makesTheZnode_andLaterOnesRewriteIt() throws Exception {
        assertThat(writer.renew()).isInstanceOf(Round.Committed.class);
        assertThat(found().version()).isZero();
        assertThat(found().ephemeralOwner()).isEqualTo(7);

        String before = found().text();
        assertThat(writer.renew()).isInstanceOf(Round.Committed.class);
        assertThat(found().version()).isEqualTo(1);
        assertThat(found().text()).isNotEqualTo(before);
    }

    @Test
    @Tag("C4")
    void laterProcessOfTheSameSession_goesOnWithTheZnode() throws Exception {
        writer.renew();
        writer.renew();

        LeaseWriter successor = writer(mine, 7);
        assertThat(successor.renew()).isInstanceOf(Round.Committed.class);
        assertThat(found().version()).isEqualTo(2);
    }

    /** It was on its way when that process ended. */
    @Test
    @Tag("C4")
    void lateWriteOfAnEarlierProcess_isNoClone() throws Exception {
        writer.renew();
        AtomicInteger asked = new AtomicInteger();
        LeaseWriter successor = new LeaseWriter(
                mine,
                PATH,
                () -> {
                    if (asked.getAndIncrement() == 0) {
                        behindItsBack(new Write.Set(PATH, "late", 0));
                    }
                    return 7;
                },
                () -> Duration.ofDays(1),
                () -> {});
        assertThat(successor.renew()).isEqualTo(new Round.NotNow("read again"));
        assertThat(successor.renew()).isInstanceOf(Round.Committed.class);
        behindItsBack(new Write.Set(PATH, "clone", Write.ANY_VERSION));
        assertThat(successor.renew()).isEqualTo(new Round.Over(LeaseKeeper.Over.TAKEN));
    }

    @Test
    void somebodyElseUnderTheSameSession_endsTheLeaseAtOnce() throws Exception {
        writer.renew();
        assertThat(writer(mine, 7).renew()).isInstanceOf(Round.Committed.class);

        assertThat(writer.renew()).isEqualTo(new Round.Over(LeaseKeeper.Over.TAKEN));
    }

    @Test
    void unknownOutcome_thatTookPlace_isSettledByReading() throws Exception {
        writer.renew();
        mine.loseNextAnswer();
        assertThat(writer.renew()).isInstanceOf(Round.NotNow.class);

        assertThat(writer.renew()).isInstanceOf(Round.Committed.class);
        assertThat(found().version()).isEqualTo(2);
    }

    @Test
    void unknownOutcome_thatNeverTookPlace_isSettledByReading() throws Exception {
        writer.renew();
        mine.loseNextWrite();
        assertThat(writer.renew()).isInstanceOf(Round.NotNow.class);

        assertThat(writer.renew()).isInstanceOf(Round.Committed.class);
        assertThat(found().version()).isEqualTo(1);
    }

    @Test
    void unknownOutcome_ofTheFirstWrite_isSettledByReading() throws Exception {
        mine.loseNextAnswer();
        assertThat(writer.renew()).isInstanceOf(Round.NotNow.class);

        assertThat(writer.renew()).isInstanceOf(Round.Committed.class);
        assertThat(found().version()).isEqualTo(1);
    }

    @Test
    void lostWrite_doesNotExplainWhatSomebodyElseWrote() throws Exception {
        writer.renew();
        mine.loseNextWrite();
        writer.renew();
        behindItsBack(new Write.Set(PATH, "clone", 0));

        assertThat(writer.renew()).isEqualTo(new Round.Over(LeaseKeeper.Over.TAKEN));
    }

    @Test
    void earlierSessionOfTheSameNode_isWaitedFor() throws Exception {
        MemoryZnodes earlier = tree.session(3);
        assertThat(writer(earlier, 3).renew()).isInstanceOf(Round.Committed.class);

        assertThat(writer.renew()).isInstanceOf(Round.NotNow.class);
        tree.end(earlier);
        assertThat(writer.renew()).isInstanceOf(Round.Committed.class);
    }

    @Test
    void deletedZnode_endsTheLease() throws Exception {
        writer.renew();
        behindItsBack(new Write.Delete(PATH, Write.ANY_VERSION));
        assertThat(writer.renew()).isEqualTo(new Round.Over(LeaseKeeper.Over.DELETED));
    }

    @Test
    void deletedZnode_whileAnOutcomeIsUnknown_endsTheLeaseToo() throws Exception {
        writer.renew();
        mine.loseNextAnswer();
        writer.renew();
        behindItsBack(new Write.Delete(PATH, Write.ANY_VERSION));
        assertThat(writer.renew()).isEqualTo(new Round.Over(LeaseKeeper.Over.DELETED));
    }

    @Test
    void sessionThatIsOver_endsTheLease() throws Exception {
        writer.renew();
        tree.end(mine);
        assertThat(writer.renew()).isEqualTo(new Round.Over(LeaseKeeper.Over.SESSION_GONE));
    }

    @Test
    void sessionThatIsOver_whileAnOutcomeIsUnknown_endsTheLeaseToo() throws Exception {
        writer.renew();
        mine.loseNextAnswer();
        writer.renew();
        tree.end(mine);
        assertThat(writer.renew()).isEqualTo(new Round.Over(LeaseKeeper.Over.SESSION_GONE));
    }

    private void behindItsBack(Write write) {
        assertThat(mine.write(List.of(write)).join()).isInstanceOf(WriteOutcome.Committed.class);
    }

    private static LeaseWriter writer(MemoryZnodes znodes, long session) {
        return new LeaseWriter(znodes, PATH, () -> session, () -> Duration.ofDays(1), () -> {});
    }

    private Znode found() {
        return ((Read.Found<Znode>) mine.read(PATH).join()).value();
    }
}
