package io.stead.schema.znode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.memory.MemoryTree;
import io.stead.schema.memory.MemoryZnodes;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorTest {
    private final MemoryTree tree = new MemoryTree();
    private final MemoryZnodes mine = tree.session(1);
    private final MemoryZnodes others = tree.session(2);
    private final AtomicInteger signals = new AtomicInteger();
    private final Mirror mirror = new Mirror(mine, Duration.ofHours(1), 0, signals::incrementAndGet);

    @BeforeEach
    void makeRoots() {
        write(others, create("/a"), create("/b"), create("/a/1"));
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    @Test
    void addedRoot_isReadWhole() {
        assertThat(mirror.image().has("/a")).isFalse();
        mirror.add("/a");
        assertThat(mirror.image().complete()).isTrue();
        assertThat(mirror.image().under("/a")).containsOnlyKeys("/a", "/a/1");
        assertThat(signals).hasPositiveValue();
    }

    @Test
    void rootThatDoesNotExist_isCompleteAndEmpty_andAppears() {
        mirror.add("/none");
        assertThat(mirror.image().complete()).isTrue();
        assertThat(mirror.image().under("/none")).isEmpty();

        write(others, create("/none"));
        assertThat(mirror.image().under("/none")).containsOnlyKeys("/none");
    }

    @Test
    void changesOfOthers_areTakenIn_andSignalled() {
        mirror.add("/a");
        int before = signals.get();
        write(others, create("/a/2"), new Write.Set("/a/1", "new", 0), create("/b/1"));
        assertThat(signals).hasValueGreaterThan(before);
        assertThat(mirror.image().under("/a")).containsOnlyKeys("/a", "/a/1", "/a/2");
        assertThat(mirror.image().at("/a", "/a/1").orElseThrow().text()).isEqualTo("new");

        write(others, new Write.Delete("/a/2", 0));
        assertThat(mirror.image().under("/a")).containsOnlyKeys("/a", "/a/1");
    }

    @Test
    void ownCommit_isInTheImageWhenItsOutcomeArrives() {
        mirror.add("/a");
        WriteOutcome outcome = mirror.write(
                        List.of(new Write.Set("/a/1", "mine", 0), create("/a/2"), new Write.Check("/b", 0)))
                .join();

        assertThat(outcome).isInstanceOf(WriteOutcome.Committed.class);
        assertThat(mirror.image().at("/a", "/a/1").orElseThrow().version()).isEqualTo(1);
        assertThat(mirror.image().at("/a", "/a/2")).isPresent();
    }

    @Test
    void whatHappenedWhileDisconnected_isReadAtTheNextConnect() {
        mirror.start();
        mirror.add("/a");
        mine.disconnect();
        write(others, new Write.Delete("/a/1", 0), create("/a/1"), create("/a/3"));
        Image stale = mirror.image();
        assertThat(stale.under("/a")).containsOnlyKeys("/a", "/a/1");

        mine.reconnect();

        await().until(() -> mirror.image().under("/a").containsKey("/a/3"));
        Image fresh = mirror.image();
        assertThat(fresh.under("/a")).containsOnlyKeys("/a", "/a/1", "/a/3");
        // Deleted and made anew: the same version, another znode.
        Znode before = stale.at("/a", "/a/1").orElseThrow();
        Znode after = fresh.at("/a", "/a/1").orElseThrow();
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.czxid()).isGreaterThan(before.czxid());
    }

    /** A leader opens one after each loss of its connection. */
    @Test
    void closedMirror_leavesNothingBehindInTheSession() {
        mirror.start();
        mirror.add("/a");
        mirror.close();
        assertThat(mine.connectSignals()).isZero();
    }

    @Test
    void missedWatch_isMendedByReadingAgain() {
        mirror.add("/a");
        mine.disconnect();
        write(others, create("/a/2"), new Write.Delete("/a/1", 0));
        mine.reconnect();
        assertThat(mirror.image().under("/a")).containsOnlyKeys("/a", "/a/1");

        mirror.refresh();
        assertThat(mirror.image().under("/a")).containsOnlyKeys("/a", "/a/2");
    }

    @Test
    void serverThatLagsBehindWhatWasSeen_isNotBelieved() {
        try (Mirror later = new Mirror(mine, Duration.ofHours(1), 1_000, signals::incrementAndGet)) {
            later.add("/a");
            assertThat(later.image().complete()).isFalse();
            assertThat(later.image().under("/a")).isEmpty();
        }
    }

    /** Between a connect and the reading after it, one's own write must not make an old image look new. */
    @Test
    void writeAfterAConnect_isToldWhenWhatOthersDidMeanwhileIsKnown() {
        HeldSync held = new HeldSync(mine);
        try (Mirror slow = new Mirror(held, Duration.ofHours(1), 0, signals::incrementAndGet)) {
            slow.start();
            slow.add("/a");
            await().until(() -> slow.image().complete());
            mine.disconnect();
            write(others, create("/a/others"));
            held.hold();
            mine.reconnect();

            CompletableFuture<WriteOutcome> outcome = slow.write(List.of(create("/a/mine")));
            assertThat(slow.image().under("/a")).containsKey("/a/mine").doesNotContainKey("/a/others");
            assertThat(outcome).isNotDone();

            held.release();
            assertThat(outcome.join()).isInstanceOf(WriteOutcome.Committed.class);
            assertThat(slow.image().under("/a")).containsKeys("/a/others", "/a/mine");
        }
    }

    @Test
    void writeAfterAConnect_uponAnImageThatCannotCatchUp_isUnknown() {
        HeldSync held = new HeldSync(mine);
        try (Mirror slow = new Mirror(held, Duration.ofHours(1), 0, signals::incrementAndGet)) {
            slow.start();
            slow.add("/a");
            await().until(() -> slow.image().complete());
            mine.disconnect();
            held.hold();
            mine.reconnect();

            CompletableFuture<WriteOutcome> outcome = slow.write(List.of(create("/a/mine")));
            mine.disconnect();
            held.release();

            assertThat(outcome.join()).isInstanceOf(WriteOutcome.Unknown.class);
        }
    }

    @Test
    void writeThatFails_isAnsweredAllTheSame() {
        mirror.add("/a");
        mine.failNextWrite();
        assertThat(mirror.write(List.of(create("/a/2"))).join()).isInstanceOf(WriteOutcome.Unknown.class);
    }

    @Test
    void unchangedZnode_staysTheSameObject() {
        mirror.add("/a");
        Znode before = mirror.image().at("/a", "/a/1").orElseThrow();
        write(others, create("/a/2"));
        mirror.refresh();
        assertThat(mirror.image().at("/a", "/a/1").orElseThrow()).isSameAs(before);
    }

    @Test
    void nothingNew_isTheSameImage() {
        mirror.add("/a");
        Image before = mirror.image();
        mirror.refresh();
        assertThat(mirror.image()).isSameAs(before);
        write(others, create("/a/2"));
        assertThat(mirror.image()).isNotSameAs(before);
    }

    @Test
    void largeTree_isReadAgainLessOften_andNotByAllAtOnce() {
        Duration least = Duration.ofSeconds(10);
        assertThat(Mirror.period(least, 20, 0)).isEqualTo(least);
        assertThat(Mirror.period(least, 10_000, 0)).isEqualTo(Duration.ofSeconds(200));
        assertThat(Mirror.period(least, 20, 1)).isEqualTo(Duration.ofMillis(12_500));
    }

    @Test
    void imageTakenEarlier_doesNotChange() {
        mirror.add("/a");
        Image before = mirror.image();
        write(others, create("/a/2"));
        assertThat(before.under("/a")).containsOnlyKeys("/a", "/a/1");
    }

    @Test
    void removedRoot_isLeftOut_andWatchedNoMore() {
        mirror.add("/a");
        mirror.add("/b");
        mirror.remove("/a");
        int before = signals.get();
        write(others, create("/a/9"));
        assertThat(signals).hasValue(before);
        assertThat(mirror.image().roots()).containsOnlyKeys("/b");

        mirror.add("/a");
        assertThat(mirror.image().under("/a")).containsKey("/a/9");
    }

    @Test
    void sessionsEnd_takesItsZnodesOutOfTheImage() {
        mirror.add("/a");
        write(others, new Write.Create("/a/e", "", Write.Mode.EPHEMERAL, Access.OWN));
        assertThat(mirror.image().at("/a", "/a/e").orElseThrow().ephemeralOwner())
                .isEqualTo(2);
        tree.end(others);
        assertThat(mirror.image().at("/a", "/a/e")).isEmpty();
    }

    @Test
    void stormOfChanges_endsInTheLastState() {
        mirror.add("/a");
        for (int i = 0; i < 2_000; i++) {
            write(others, new Write.Set("/a/1", "n" + i, i));
        }
        assertThat(mirror.image().at("/a", "/a/1").orElseThrow().version()).isEqualTo(2_000);
    }

    /** Lets a mirror wait at the beginning of its readings. */
    private record HeldSync(Znodes real, AtomicReference<CompletableFuture<Boolean>> gate) implements Znodes {
        HeldSync(Znodes real) {
            this(real, new AtomicReference<>(CompletableFuture.completedFuture(true)));
        }

        void hold() {
            gate.set(new CompletableFuture<>());
        }

        void release() {
            var _ = gate.get().complete(true);
        }

        @Override
        public CompletableFuture<OptionalLong> sync() {
            return gate.get().thenCompose(_ -> real.sync());
        }

        @Override
        public long shown() {
            return real.shown();
        }

        @Override
        public CompletableFuture<Read<Znode>> read(String path) {
            return real.read(path);
        }

        @Override
        public CompletableFuture<Read<Read.Subtree>> subtree(String root) {
            return real.subtree(root);
        }

        @Override
        public CompletableFuture<Read<List<String>>> children(String path) {
            return real.children(path);
        }

        @Override
        public CompletableFuture<WriteOutcome> write(List<Write> writes) {
            return real.write(writes);
        }

        @Override
        public CompletableFuture<Boolean> watch(String root, Watch watch) {
            return real.watch(root, watch);
        }

        @Override
        public void unwatch(String root, Watch watch) {
            real.unwatch(root, watch);
        }

        @Override
        public void onConnect(Runnable signal) {
            real.onConnect(signal);
        }

        @Override
        public void offConnect(Runnable signal) {
            real.offConnect(signal);
        }
    }

    private static Write create(String path) {
        return new Write.Create(path, "", Write.Mode.PERSISTENT, Access.LEADER);
    }

    private static void write(MemoryZnodes by, Write... writes) {
        assertThat(by.write(List.of(writes)).join()).isInstanceOf(WriteOutcome.Committed.class);
    }
}
