package io.stead.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.audit.Entry;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Schema;
import io.stead.schema.install.Frame;
import io.stead.schema.layout.Layout;
import io.stead.schema.memory.MemoryTree;
import io.stead.schema.memory.MemoryZnodes;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of the history, and what an operator is told when nothing can be read. */
class OperatorStoreTest {
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private final MemoryTree tree = new MemoryTree();
    private final MemoryZnodes znodes = tree.session(1);
    private final OperatorStore store = new OperatorStore(znodes);

    @BeforeEach
    void install() {
        write(Frame.of("", new Schema(1, "id", "test")).toArray(Write[]::new));
    }

    private void write(Write... writes) {
        assertThat(znodes.write(List.of(writes)).join()).isInstanceOf(WriteOutcome.Committed.class);
    }

    private void decide(int times) {
        for (int i = 0; i < times; i++) {
            Entry entry = new Entry(T0, "service db", Optional.empty(), "starts", "for once");
            write(new Write.Create(
                    Layout.historyEntry(),
                    Decoding.text(Codecs.HISTORY, List.of(entry)),
                    Write.Mode.PERSISTENT_SEQUENTIAL,
                    Access.LEADER));
        }
    }

    private void forget(long first, long last) {
        LongStream.rangeClosed(first, last)
                .forEach(n -> write(new Write.Delete(Layout.historyEntry() + "%010d".formatted(n), 0)));
    }

    private List<Long> numbers(long after) {
        Read<SortedMap<Long, List<Entry>>> read = store.history(after).join();
        assertThat(read).isInstanceOf(Read.Found.class);
        return List.copyOf(
                ((Read.Found<SortedMap<Long, List<Entry>>>) read).value().keySet());
    }

    @Test
    void history_afterANumber_isWhatIsNew() {
        decide(30);

        assertThat(numbers(OperatorStore.BEGINNING)).hasSize(30);
        assertThat(numbers(3))
                .containsExactlyElementsOf(LongStream.rangeClosed(4, 29).boxed().toList());
        assertThat(numbers(28)).containsExactly(29L);
        assertThat(numbers(29)).isEmpty();
    }

    @Test
    void history_afterANumberThatWasTrimmed_isWhatIsLeft() {
        decide(30);
        forget(0, 19);

        assertThat(numbers(3))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(20, 29).boxed().toList());
        assertThat(numbers(25)).containsExactly(26L, 27L, 28L, 29L);
    }

    @Test
    void history_goesOnBehindWhatNobodyUnderstands() {
        decide(2);
        write(new Write.Create(Layout.historyEntry(), "{\"v\":99}", Write.Mode.PERSISTENT_SEQUENTIAL, Access.LEADER));
        decide(1);

        assertThat(numbers(0)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void silence_isNeitherAnEmptyHistoryNorAnEmptyCluster() {
        decide(1);
        znodes.disconnect();

        assertThat(store.history(OperatorStore.BEGINNING).join()).isInstanceOf(Read.Failed.class);
        assertThat(store.history(0).join()).isInstanceOf(Read.Failed.class);
        assertThat(store.history()).isCompletedExceptionally();
        assertThat(store.look().join()).isInstanceOf(Read.Failed.class);
    }

    @Test
    void changes_areToldAgainAfterEachConnect() {
        int[] told = {0};
        store.onChange(() -> told[0]++);
        int first = told[0];

        znodes.disconnect();
        znodes.reconnect();
        int connected = told[0];
        decide(1);

        assertThat(connected).isGreaterThan(first);
        assertThat(told[0]).isGreaterThan(connected);
    }
}
