package io.stead.schema.znode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.znode.WriteOutcome.Cause;
import io.stead.schema.znode.WriteOutcome.Committed;
import io.stead.schema.znode.WriteOutcome.Refused;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Znodes} promises. Each test has a root of its own, {@link #base}. */
public abstract class ZnodesContract {
    /** A client. */
    protected abstract Znodes mine();

    /** The id of its session. */
    protected abstract long mySession();

    /** Another client of the same tree. */
    protected abstract Znodes others();

    /** Ends the other client's session. */
    protected abstract void endOthers();

    /** A path below which nothing is yet. */
    protected abstract String base();

    @Test
    void whatWasNeverMade_isAbsent() throws Exception {
        assertThat(read(base() + "/x")).isEqualTo(new Read.Absent<>());
        assertThat(get(mine().subtree(base() + "/x"))).isEqualTo(new Read.Absent<>());
    }

    @Test
    void createdZnode_beginsAtVersion0_withItsCreatingTransaction() throws Exception {
        Committed made = committed(create("/x", "one"));

        Znode found = found(base() + "/x");
        assertThat(found.text()).isEqualTo("one");
        assertThat(found.version()).isZero();
        assertThat(found.czxid()).isEqualTo(found.mzxid()).isLessThanOrEqualTo(made.zxid());
        assertThat(found.isEphemeral()).isFalse();
    }

    @Test
    void textOutsideAscii_comesBackAsItWas() throws Exception {
        committed(create("/x", "Zürich ✓ 𝄞"));
        assertThat(found(base() + "/x").text()).isEqualTo("Zürich ✓ 𝄞");
    }

    @Test
    void set_withTheVersionRead_countsItUp_andKeepsTheCreation() throws Exception {
        committed(create("/x", "one"));
        Znode before = found(base() + "/x");

        Committed set = committed(new Write.Set(base() + "/x", "two", 0));

        assertThat(set.written()).containsExactly(new WriteOutcome.Written(base() + "/x", 1));
        Znode after = found(base() + "/x");
        assertThat(after.text()).isEqualTo("two");
        assertThat(after.version()).isEqualTo(1);
        assertThat(after.czxid()).isEqualTo(before.czxid());
        assertThat(after.mzxid()).isGreaterThan(before.mzxid());
    }

    @Test
    void set_withAnyVersion_replacesWhateverIsThere() throws Exception {
        committed(create("/x", "one"));
        committed(new Write.Set(base() + "/x", "two", 0));
        committed(new Write.Set(base() + "/x", "three", Write.ANY_VERSION));
        assertThat(found(base() + "/x").text()).isEqualTo("three");
    }

    @Test
    void transaction_withOneStepRefused_doesNothing_andNamesTheStep() throws Exception {
        committed(create("/x", "one"));
        committed(create("/y", "one"));

        WriteOutcome outcome = write(
                new Write.Check(base() + "/x", 0),
                new Write.Set(base() + "/x", "two", 0),
                create("/z", "new"),
                new Write.Set(base() + "/y", "two", 7));

        assertThat(outcome).isEqualTo(new Refused(3, base() + "/y", Cause.BAD_VERSION));
        assertThat(found(base() + "/x").text()).isEqualTo("one");
        assertThat(read(base() + "/z")).isEqualTo(new Read.Absent<>());
    }

    @Test
    void laterStep_seesWhatAnEarlierOneDid() throws Exception {
        committed(create("/x", "one"), create("/x/y", "below"), new Write.Set(base() + "/x", "two", 0));
        assertThat(found(base() + "/x").version()).isEqualTo(1);
    }

    @Test
    void eachRefusal_hasItsCause() throws Exception {
        committed(create("/x", ""), create("/x/y", ""));

        assertThat(write(create("/x", ""))).isEqualTo(refused("/x", Cause.NODE_EXISTS));
        assertThat(write(create("/no/x", ""))).isEqualTo(refused("/no/x", Cause.NO_NODE));
        assertThat(write(new Write.Set(base() + "/no", "", 0))).isEqualTo(refused("/no", Cause.NO_NODE));
        assertThat(write(new Write.Check(base() + "/no", 0))).isEqualTo(refused("/no", Cause.NO_NODE));
        assertThat(write(new Write.Check(base() + "/x", 1))).isEqualTo(refused("/x", Cause.BAD_VERSION));
        assertThat(write(new Write.Delete(base() + "/x", 0))).isEqualTo(refused("/x", Cause.NOT_EMPTY));
        assertThat(write(new Write.Delete(base() + "/x/y", 3))).isEqualTo(refused("/x/y", Cause.BAD_VERSION));
    }

    @Test
    void children_areNamed_andTheirOwnAreNot() throws Exception {
        assertThat(get(mine().children(base() + "/x"))).isEqualTo(new Read.Absent<>());
        committed(create("/x", ""), create("/x/a", ""), create("/x/b", ""), create("/x/b/c", ""));
        assertThat(get(mine().children(base() + "/x")))
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> assertThat((List<?>) found.value()).hasSize(2));
        assertThat(get(mine().children(base() + "/x/a"))).isEqualTo(new Read.Found<>(List.of()));
    }

    @Test
    void whateverElseZooKeeperRefuses_isARefusalToo() throws Exception {
        committed(new Write.Create(base() + "/e", "", Write.Mode.EPHEMERAL, Access.OWN));
        assertThat(write(create("/e/child", ""))).isEqualTo(refused("/e/child", Cause.OTHER));
    }

    @Test
    void znodeMadeAnew_beginsAtVersion0Again_withAnotherCreation() throws Exception {
        committed(create("/x", "one"));
        Znode first = found(base() + "/x");
        committed(new Write.Delete(base() + "/x", 0));
        committed(create("/x", "one"));

        Znode second = found(base() + "/x");
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(second.czxid()).isGreaterThan(first.czxid());
        assertThat(second.isSameStateAs(first)).isFalse();
    }

    @Test
    void sequentialZnodes_getTenGrowingDigits() throws Exception {
        Write next = new Write.Create(base() + "/s-", "", Write.Mode.PERSISTENT_SEQUENTIAL, Access.LEADER);
        String first = committed(next).written().getFirst().path();
        String second = committed(next).written().getFirst().path();

        assertThat(first).matches(base() + "/s-\\d{10}");
        assertThat(second).matches(base() + "/s-\\d{10}").isGreaterThan(first);
        assertThat(found(second).version()).isZero();
    }

    @Test
    void ephemeralZnode_namesItsSession() throws Exception {
        committed(new Write.Create(base() + "/e", "", Write.Mode.EPHEMERAL, Access.OWN));
        assertThat(found(base() + "/e").ephemeralOwner()).isEqualTo(mySession());
    }

    @Test
    void ephemeralZnodes_vanishWithTheirSession_andItIsTold() throws Exception {
        Recorder changes = new Recorder();
        assertThat(get(mine().watch(base(), changes))).isTrue();
        assertThat(get(others().write(List.of(
                        new Write.Create(base() + "/e", "", Write.Mode.EPHEMERAL, Access.OWN),
                        new Write.Create(base() + "/f", "", Write.Mode.EPHEMERAL, Access.OWN)))))
                .isInstanceOf(Committed.class);

        endOthers();

        await().until(() -> changes.seen.containsAll(List.of("-" + base() + "/e", "-" + base() + "/f")));
        assertThat(read(base() + "/e")).isEqualTo(new Read.Absent<>());
    }

    @Test
    void tooLargeZnode_isRefusedByName_andNotSent() throws Exception {
        WriteOutcome outcome = write(create("/x", ""), create("/y", "a".repeat(Write.MAX_ZNODE_BYTES + 1)));

        assertThat(outcome)
                .isEqualTo(new WriteOutcome.TooLarge(base() + "/y", Write.MAX_ZNODE_BYTES + 1, Write.MAX_ZNODE_BYTES));
        assertThat(read(base() + "/x")).isEqualTo(new Read.Absent<>());
    }

    @Test
    void tooLargeTransaction_isRefused_andNeverSplit() throws Exception {
        List<Write> writes = List.of("/a", "/b", "/c", "/d", "/e").stream()
                .<Write>map(p -> create(p, "a".repeat(Write.MAX_ZNODE_BYTES)))
                .toList();

        assertThat(get(mine().write(writes))).isInstanceOf(WriteOutcome.TooLarge.class);
        assertThat(read(base() + "/a")).isEqualTo(new Read.Absent<>());
        assertThat(get(mine().write(writes.subList(0, 3)))).isInstanceOf(Committed.class);
    }

    @Test
    void subtree_hasItsRootAndAllBelow_andNothingBeside() throws Exception {
        committed(create("/a", "0"), create("/a/b", "1"), create("/a/b/c", "2"), create("/a/d", "3"));
        committed(create("/ab", "beside"));

        Read<Read.Subtree> read = get(mine().subtree(base() + "/a"));

        assertThat(read).isInstanceOf(Read.Found.class);
        Map<String, Znode> found = ((Read.Found<Read.Subtree>) read).value().znodes();
        assertThat(found).containsOnlyKeys(base() + "/a", base() + "/a/b", base() + "/a/b/c", base() + "/a/d");
        assertThat(found.get(base() + "/a/b/c")).isEqualTo(found(base() + "/a/b/c"));
    }

    @Test
    void readAskedForAfterAWrite_seesIt_withoutWaitingForItsAnswer() throws Exception {
        committed(create("/x", "0"));
        for (int i = 0; i < 50; i++) {
            CompletableFuture<WriteOutcome> write = mine().write(List.of(new Write.Set(base() + "/x", "n" + i, i)));
            CompletableFuture<Read<Znode>> read = mine().read(base() + "/x");
            assertThat(get(write)).isInstanceOf(Committed.class);
            assertThat(get(read)).isInstanceOf(Read.Found.class);
            assertThat(((Read.Found<Znode>) get(read)).value().version()).isEqualTo(i + 1);
        }
        assertThat(found(base() + "/x").version()).isEqualTo(50);
    }

    @Test
    void watch_tellsEveryChangeBelowItsRoot_untilTakenBack() throws Exception {
        Recorder changes = new Recorder();
        assertThat(get(mine().watch(base(), changes))).isTrue();
        assertThat(get(mine().watch(base(), changes))).isTrue();

        committed(create("/x", ""));
        committed(new Write.Set(base() + "/x", "two", 0));
        committed(create("/x/y", ""));
        committed(new Write.Delete(base() + "/x/y", 0));

        assertThat(changes.seen)
                .containsExactly(
                        "+" + base() + "/x", "+" + base() + "/x", "+" + base() + "/x/y", "-" + base() + "/x/y");
        assertThat(List.copyOf(changes.zxids)).isSorted().allMatch(z -> z > 0);

        mine().unwatch(base(), changes);
        committed(new Write.Set(base() + "/x", "three", 1));
        get(mine().sync());
        assertThat(changes.seen).hasSize(4);
    }

    @Test
    void oneWatchOfTwoRoots_isTakenBackFromOneOnly() throws Exception {
        committed(create("/x", ""), create("/y", ""));
        Recorder x = new Recorder();
        Recorder y = new Recorder();
        get(mine().watch(base() + "/x", x));
        get(mine().watch(base() + "/y", y));
        mine().unwatch(base() + "/x", x);

        committed(new Write.Set(base() + "/x", "1", 0), new Write.Set(base() + "/y", "1", 0));

        assertThat(x.seen).isEmpty();
        assertThat(y.seen).containsExactly("+" + base() + "/y");
    }

    @Test
    void sync_knowsAtLeastWhatWasCommitted() throws Exception {
        Committed made = committed(create("/x", ""));
        assertThat(get(others().sync()).orElseThrow())
                .isGreaterThanOrEqualTo(found(base() + "/x").mzxid())
                .isLessThanOrEqualTo(made.zxid() + 1000);
    }

    @Test
    void shown_isAsNewAsTheNewestAnswer() throws Exception {
        Committed made = committed(create("/x", ""));
        assertThat(mine().shown()).isGreaterThanOrEqualTo(made.zxid());
        get(others().sync());
        found(base() + "/x");
        assertThat(others().shown()).isGreaterThanOrEqualTo(made.zxid());
    }

    /** Keeps what a watch is told: a sign and the path. */
    protected static final class Recorder implements Znodes.Watch {
        final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Long> zxids = new ConcurrentLinkedQueue<>();

        @Override
        public void changed(String path, boolean deleted, long zxid) {
            seen.add((deleted ? "-" : "+") + path);
            zxids.add(zxid);
        }
    }

    protected static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    private Write.Create create(String below, String text) {
        return new Write.Create(base() + below, text, Write.Mode.PERSISTENT, Access.LEADER);
    }

    private Refused refused(String below, Cause cause) {
        return new Refused(0, base() + below, cause);
    }

    private WriteOutcome write(Write... writes) throws Exception {
        return get(mine().write(List.of(writes)));
    }

    private Committed committed(Write... writes) throws Exception {
        WriteOutcome outcome = write(writes);
        assertThat(outcome).isInstanceOf(Committed.class);
        return (Committed) outcome;
    }

    private Read<Znode> read(String path) throws Exception {
        return get(mine().read(path));
    }

    private Znode found(String path) throws Exception {
        Read<Znode> read = read(path);
        assertThat(read).isInstanceOf(Read.Found.class);
        return ((Read.Found<Znode>) read).value();
    }
}
