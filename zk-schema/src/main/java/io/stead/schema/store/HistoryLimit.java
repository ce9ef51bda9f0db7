package io.stead.schema.store;

import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the newest entries of the history: looks at their names now and then, and deletes the oldest. What fails is done at the next
 * look. Each deletion checks the epoch (C1). Safe on any thread.
 */
final class HistoryLimit {
    /** Between two looks, in znodes written; also what one transaction deletes at most. */
    private static final int AT_ONCE = 100;

    private final Znodes znodes;
    private final int kept;
    private final AtomicInteger written = new AtomicInteger();

    HistoryLimit(Znodes znodes, int kept) {
        this.znodes = znodes;
        this.kept = kept;
    }

    /** So many znodes more have been written. */
    void written(Office office, long more) {
        if (written.addAndGet(Math.toIntExact(more)) >= AT_ONCE) {
            trim(office);
        }
    }

    void trim(Office office) {
        written.set(0);
        var _ = znodes.children(Layout.HISTORY).thenAccept(read -> {
            if (read instanceof Read.Found<List<String>> found) {
                delete(office, found.value());
            }
        });
    }

    private void delete(Office office, List<String> names) {
        List<String> old =
                names.stream().sorted().limit(Math.max(0, names.size() - kept)).toList();
        for (int from = 0; from < old.size(); from += AT_ONCE) {
            List<Write> writes = new ArrayList<>();
            writes.add(new Write.Check(Layout.EPOCH, office.version()));
            for (String name : old.subList(from, Math.min(old.size(), from + AT_ONCE))) {
                writes.add(new Write.Delete(Layout.historyEntry() + name, Write.ANY_VERSION));
            }
            var _ = znodes.write(writes);
        }
    }
}
