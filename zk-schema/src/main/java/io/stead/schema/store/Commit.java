package io.stead.schema.store;

import io.stead.audit.Entry;
import io.stead.plan.Plan;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plan as transactions. Each checks the leader's epoch, and each write the version that was decided upon (C1, A22). What is too
 * large for one transaction is split between {@linkplain Bundle bundles}; a bundle that can never be committed is left out, so that
 * one resource holds up no other.
 *
 * @param transactions in order
 * @param leftOut what was left out and why, one clause each
 */
record Commit(List<List<Write>> transactions, List<String> leftOut) {
    /** Well below the bound, so that a transaction is no burden; a single bundle may come up to the bound itself. */
    private static final int SPLIT_BYTES = Write.MAX_TRANSACTION_BYTES * 3 / 4;

    static Commit of(Office office, Snapshot basis, Plan plan, List<Entry> history) {
        Commit commit = new Commit(new ArrayList<>(), new ArrayList<>());
        List<Bundle> current = new ArrayList<>();
        int bytes = 0;
        for (Bundle bundle : Bundle.of(basis, plan, history)) {
            Optional<WriteOutcome.TooLarge> tooLarge = Write.beyondBounds(transaction(office, List.of(bundle)));
            if (tooLarge.isPresent()) {
                commit.leftOut.add(why(bundle, tooLarge.get()));
                continue;
            }
            if (bytes + bundle.bytes() > SPLIT_BYTES && !current.isEmpty()) {
                commit.transactions.add(transaction(office, current));
                current.clear();
                bytes = 0;
            }
            current.add(bundle);
            bytes += bundle.bytes();
        }
        if (!current.isEmpty()) {
            commit.transactions.add(transaction(office, current));
        }
        return commit;
    }

    private static List<Write> transaction(Office office, List<Bundle> bundles) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Check(Layout.EPOCH, office.version()));
        bundles.forEach(b -> writes.addAll(b.writes()));
        writes.addAll(HistoryParts.writes(
                bundles.stream().flatMap(b -> b.history().stream()).toList()));
        return List.copyOf(writes);
    }

    private static String why(Bundle bundle, WriteOutcome.TooLarge large) {
        return "%s: %s has %d bytes, %d at most"
                .formatted(bundle.writes().getFirst().path(), large.what(), large.bytes(), large.limit());
    }
}
