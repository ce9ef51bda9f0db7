package io.stead.schema.store;

import io.stead.audit.Entry;
import io.stead.schema.codec.Codecs;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import java.util.ArrayList;
import java.util.List;

/** The history of one transaction as znodes: one, or a few where one would grow too large. */
final class HistoryParts {
    private static final int PART_BYTES = Write.MAX_ZNODE_BYTES * 3 / 4;

    private HistoryParts() {}

    static List<Write> writes(List<Entry> history) {
        if (history.isEmpty()) {
            return List.of();
        }
        if (history.size() == 1 || bytes(history) <= PART_BYTES) {
            return List.of(new Write.Create(
                    Layout.historyEntry(),
                    Decoding.text(Codecs.HISTORY, history),
                    Write.Mode.PERSISTENT_SEQUENTIAL,
                    Access.LEADER));
        }
        List<Write> writes = new ArrayList<>(writes(history.subList(0, history.size() / 2)));
        writes.addAll(writes(history.subList(history.size() / 2, history.size())));
        return writes;
    }

    static int bytes(List<Entry> history) {
        return Codecs.HISTORY.encode(history).length;
    }
}
