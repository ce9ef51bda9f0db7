package io.stead.schema.store;

import io.stead.audit.Entry;
import io.stead.model.ServiceName;
import io.stead.model.request.Wish;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decisions as writes. Each transaction checks the leader's epoch, and each write the version that was decided upon (C1, A22).
 * A plan that is too large for one transaction is split between decisions, which is safe because each assignment stands for
 * itself and the next plan works from whatever has been written.
 */
final class Commit {
    /** Below the bound of a transaction, so that its history fits in. */
    private static final int SPLIT_BYTES = Write.MAX_TRANSACTION_BYTES * 3 / 4;

    /** One history znode; with the above it stays within the bound of a transaction. */
    private static final int HISTORY_BYTES = Write.MAX_ZNODE_BYTES * 3 / 4;

    private Commit() {}

    /** The transactions of a plan, in order; the last one, or the last few of a very large one, carry the history. */
    static List<List<Write>> transactions(Office office, Snapshot basis, Plan plan, List<Entry> history) {
        List<List<Write>> all = new ArrayList<>();
        List<Write> current = begin(office);
        int bytes = 0;
        for (Decision decision : inOrder(basis, plan)) {
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
        all.add(current);
        for (List<Entry> part : parts(history)) {
            // The first part goes with the last decisions, for which there is room; each further one goes alone.
            current.add(new Write.Create(
                    Layout.historyEntry(),
                    Decoding.text(Codecs.HISTORY, part),
                    Write.Mode.PERSISTENT_SEQUENTIAL,
                    Access.LEADER));
            current = begin(office);
            all.add(current);
        }
        // Nothing but the check of the epoch is left in the last one, or there is nothing else at all.
        if (all.size() > 1 && all.getLast().size() == 1) {
            all.removeLast();
        }
        return all;
    }

    /**
     * An answer is committed with its effect: what requests ask for goes first, so that a split comes after it. The rest stands
     * for itself.
     */
    private static List<Decision> inOrder(Snapshot basis, Plan plan) {
        Set<String> answered = plan.decisions().stream()
                .flatMap(d -> d instanceof Decision.Give give
                        ? Stream.of(give.answer().requestId())
                        : Stream.empty())
                .collect(Collectors.toSet());
        Set<ServiceName> wished = basis.view().requests().stream()
                .filter(r -> answered.contains(r.id()))
                .flatMap(r -> service(r.wish()).stream())
                .collect(Collectors.toSet());
        List<Decision> first = new ArrayList<>();
        List<Decision> rest = new ArrayList<>();
        for (Decision decision : plan.decisions()) {
            boolean later = decision instanceof Decision.SetAssignment set
                    && !wished.contains(set.assignment().service());
            (later ? rest : first).add(decision);
        }
        first.addAll(rest);
        return first;
    }

    private static Optional<ServiceName> service(Wish wish) {
        return switch (wish) {
            case Wish.Register w -> Optional.of(w.service());
            case Wish.Deregister w -> Optional.of(w.service());
            case Wish.Transfer w -> Optional.of(w.service());
            case Wish.Clear w -> Optional.of(w.service());
            case Wish.Quiesce _, Wish.Resume _, Wish.Drain _, Wish.Leave _, Wish.Join _, Wish.ForceLeave _ ->
                Optional.empty();
        };
    }

    /** The history in parts that fit into a znode each, in order. */
    private static List<List<Entry>> parts(List<Entry> history) {
        if (history.isEmpty()) {
            return List.of();
        }
        if (history.size() == 1 || Codecs.HISTORY.encode(history).length <= HISTORY_BYTES) {
            return List.of(history);
        }
        List<List<Entry>> parts = new ArrayList<>(parts(history.subList(0, history.size() / 2)));
        parts.addAll(parts(history.subList(history.size() / 2, history.size())));
        return parts;
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
