package io.stead.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.Epoch;
import io.stead.schema.codec.Schema;
import io.stead.schema.install.Frame;
import io.stead.schema.layout.Layout;
import io.stead.schema.memory.MemoryTree;
import io.stead.schema.memory.MemoryZnodes;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HistoryLimitTest {
    private static final Office OFFICE = new Office(new Epoch(1), 0);

    private final MemoryZnodes znodes = new MemoryTree().session(1);
    private final HistoryLimit limit = new HistoryLimit(znodes, 3);

    @BeforeEach
    void install() {
        commit(Frame.of("", new Schema(1, "id", "test")));
    }

    @Test
    void theNewestEntries_areKept() {
        write(250);
        limit.trim(OFFICE);
        assertThat(kept()).containsExactlyInAnyOrder("0000000247", "0000000248", "0000000249");
    }

    @Test
    void itIsLookedAt_eachTimeAHundredMoreAreWritten() {
        write(100);
        limit.written(OFFICE, 99);
        assertThat(kept()).hasSize(100);
        limit.written(OFFICE, 1);
        assertThat(kept()).hasSize(3);
    }

    @Test
    @Tag("C1")
    void aDeposedLeader_deletesNothing() {
        write(5);
        commit(List.of(new Write.Set(Layout.EPOCH, "", Write.ANY_VERSION)));
        limit.trim(OFFICE);
        assertThat(kept()).hasSize(5);
    }

    private void write(int entries) {
        for (int i = 0; i < entries; i++) {
            commit(List.of(
                    new Write.Create(Layout.historyEntry(), "", Write.Mode.PERSISTENT_SEQUENTIAL, Access.LEADER)));
        }
    }

    private List<String> kept() {
        return ((Read.Found<List<String>>) znodes.children(Layout.HISTORY).join()).value();
    }

    private void commit(List<Write> writes) {
        assertThat(znodes.write(writes).join()).isInstanceOf(WriteOutcome.Committed.class);
    }
}
