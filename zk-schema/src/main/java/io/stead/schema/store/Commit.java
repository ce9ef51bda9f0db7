package io.stead.schema.store;

import io.stead.audit.Entry;
import io.stead.plan.Decision;
import io.stead.plan.Plan;
import io.stead.schema.codec.Codecs;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.Znode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decisions as writes. Each transaction checks the leader's epoch, and each write the version that was decided upon (C1, A22).
 * A plan that is too large for one transaction is split between decisions, which is safe because each assignment stands for
 * itself and the next plan works from whatever has been written.
 */
final class Commit {
    /** Below the bound of a transaction, so that its history fits in. */
    private static final int SPLIT_BYTES = Write.MAX_TRANSACTION_BYTES * 3 / 4;

    private Commit() {}

    /** The transactions of a plan, in order; the last one carries the history. */
    static List<List<Write>> transactions(Office office, Snapshot basis, Plan plan, List<Entry> history) {
        List<List<Write>> all = new ArrayList<>();
        List<Write> current = begin(office);
        int bytes = 0;
        for (Decision decision : plan.decisions()) {
            List<Write> writes = writes(basis, decision);
            int more = writes.stream().mapToInt(Write::bytes).sum();
            if (bytes + more > SPLIT_BYTES && bytes > 0) {
                all.add(current);
                current = begin(office);
                bytes = 0;
            }
            current.addAll(writes);
            bytes += more;
        }
        if (!history.isEmpty()) {
            current.add(new Write.Create(
                    Layout.historyEntry(),
                    Decoding.text(Codecs.HISTORY, history),
                    Write.Mode.PERSISTENT_SEQUENTIAL,
                    Access.LEADER));
        }
        all.add(current);
        return all;
    }

    private static List<Write> begin(Office office) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Check(Layout.EPOCH, office.version()));
        return writes;
    }

    private static List<Write> writes(Snapshot basis, Decision decision) {
        return switch (decision) {
            case Decision.SetMembership set ->
                List.of(set(basis, Layout.TRANSITIONS, Decoding.text(Codecs.MEMBERSHIP, set.membership())));
            case Decision.SetOverride set ->
                List.of(set(
                        basis,
                        Layout.override(set.override().node()),
                        Decoding.text(Codecs.NODE_OVERRIDE, set.override())));
            case Decision.SetAssignment set -> assignment(basis, set);
            case Decision.Give give ->
                List.of(
                        new Write.Create(
                                Layout.answer(give.answer().requestId()),
                                Decoding.text(Codecs.ANSWER, give.answer()),
                                Write.Mode.PERSISTENT,
                                Access.LEADER),
                        new Write.Delete(Layout.request(give.answer().requestId()), Write.ANY_VERSION));
            case Decision.Forget forget ->
                List.of(new Write.Delete(Layout.answer(forget.answer().requestId()), Write.ANY_VERSION));
        };
    }

    private static List<Write> assignment(Snapshot basis, Decision.SetAssignment set) {
        List<Write> writes = new ArrayList<>();
        String holdings = Layout.holdings(set.assignment().service());
        if (basis.at(holdings).isEmpty()) {
            writes.add(new Write.Create(holdings, "", Write.Mode.PERSISTENT, Access.SHARED));
        }
        writes.add(set(
                basis,
                Layout.assignment(set.assignment().service()),
                Decoding.text(Codecs.ASSIGNMENT, set.assignment())));
        return writes;
    }

    private static Write set(Snapshot basis, String path, String text) {
        Optional<Znode> before = basis.at(path);
        return before.isPresent()
                ? new Write.Set(path, text, before.get().version())
                : new Write.Create(path, text, Write.Mode.PERSISTENT, Access.LEADER);
    }
}
