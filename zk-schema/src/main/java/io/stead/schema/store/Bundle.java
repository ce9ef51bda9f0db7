package io.stead.schema.store;

import io.stead.audit.Entry;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.plan.Decision;
import io.stead.plan.Plan;
import io.stead.schema.znode.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is committed together or not at all: the decision about one service or node, the answers whose effect it is, and what the
 * history says of them. Apart from that each decision stands for itself, and the next plan works from whatever has been written.
 *
 * @param writes of the decisions
 * @param history of the same
 */
record Bundle(List<Write> writes, List<Entry> history) {
    /** What the membership vector is about; the other decisions are about what the history calls them. */
    private static final String MEMBERSHIP = "nodes";

    /** A plan in bundles, in its order; every entry of the history goes with the decision that it tells of. */
    static Collection<Bundle> of(Snapshot basis, Plan plan, List<Entry> history) {
        Map<String, Wish> wishes = new HashMap<>();
        for (Request request : basis.view().requests()) {
            wishes.put(request.id(), request.wish());
        }
        Map<String, Bundle> bySubject = new LinkedHashMap<>();
        Map<String, Bundle> byResource = new HashMap<>();
        for (Decision decision : plan.decisions()) {
            Bundle bundle = bySubject.computeIfAbsent(
                    subject(decision, wishes), _ -> new Bundle(new ArrayList<>(), new ArrayList<>()));
            bundle.writes.addAll(DecisionWrites.of(basis, decision));
            byResource.put(resource(decision), bundle);
        }
        for (Entry entry : history) {
            Bundle membership = byResource.getOrDefault(
                    MEMBERSHIP, bySubject.values().iterator().next());
            byResource.getOrDefault(entry.resource(), membership).history.add(entry);
        }
        return bySubject.values();
    }

    /** What it adds to a transaction, in bytes, at most. */
    int bytes() {
        return writes.stream().mapToInt(Write::bytes).sum()
                + history.stream().mapToInt(e -> HistoryParts.bytes(List.of(e))).sum();
    }

    /** What a decision changes: the effect, where it is the answer to a request that was carried out. */
    private static String subject(Decision decision, Map<String, Wish> wishes) {
        if (decision instanceof Decision.Give give && give.answer().verdict() == Answer.Verdict.ACCEPTED) {
            Wish wish = wishes.get(give.answer().requestId());
            return wish == null ? resource(decision) : subject(wish);
        }
        // What was asked of a node is forgotten with it.
        if (decision instanceof Decision.SetOverride set
                && wishes.containsValue(new Wish.DeleteNode(set.override().node()))) {
            return MEMBERSHIP;
        }
        return resource(decision);
    }

    private static String subject(Wish wish) {
        return switch (wish) {
            case Wish.Register w -> "service " + w.service();
            case Wish.Deregister w -> "service " + w.service();
            case Wish.Transfer w -> "service " + w.service();
            case Wish.Restart w -> "service " + w.service();
            case Wish.Clear w -> "service " + w.service();
            case Wish.Quiesce w -> "node " + w.node();
            case Wish.Resume w -> "node " + w.node();
            case Wish.Drain w -> "node " + w.node();
            case Wish.Leave _, Wish.Join _, Wish.ForceLeave _, Wish.DeleteNode _ -> MEMBERSHIP;
        };
    }

    /** As {@link Entry#resource} has it. */
    private static String resource(Decision decision) {
        return switch (decision) {
            case Decision.SetMembership _ -> MEMBERSHIP;
            case Decision.SetOverride set -> "node " + set.override().node();
            case Decision.SetAssignment set -> "service " + set.assignment().service();
            case Decision.Give give -> "request " + give.answer().requestId();
            case Decision.Forget forget -> "answer " + forget.answer().requestId();
        };
    }
}
