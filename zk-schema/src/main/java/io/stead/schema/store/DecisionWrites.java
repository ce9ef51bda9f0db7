package io.stead.schema.store;

import io.stead.plan.Decision;
import io.stead.schema.codec.Codecs;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.Znode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One decision as writes, each of which checks the version that was decided upon (A22). */
final class DecisionWrites {
    private DecisionWrites() {}

    static List<Write> of(Snapshot basis, Decision decision) {
        return switch (decision) {
            case Decision.SetMembership set ->
                List.of(set(basis, Layout.TRANSITIONS, Decoding.text(Codecs.MEMBERSHIP, set.membership())));
            case Decision.SetOverride set ->
                List.of(set(
                        basis,
                        Layout.override(set.override().node()),
                        Decoding.text(Codecs.NODE_OVERRIDE, set.override())));
            case Decision.SetMaintenance set ->
                List.of(set(basis, Layout.MAINTENANCE, Decoding.text(Codecs.MAINTENANCE, set.maintenance())));
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
