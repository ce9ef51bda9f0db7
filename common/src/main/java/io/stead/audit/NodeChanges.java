package io.stead.audit;

import io.stead.model.Epoch;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.Text;
import io.stead.model.member.Maintenance;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeOverride;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Leaders, members, overrides and answers. */
final class NodeChanges {
    private NodeChanges() {}

    static void between(ClusterView before, ClusterView after, Now now, List<Entry> entries) {
        leader(before, after, now, entries);
        for (MemberState state : after.membership().states().values()) {
            member(before.membership().of(state.node()), state, after, now).ifPresent(entries::add);
        }
        for (NodeId node : before.membership().states().keySet()) {
            if (after.membership().of(node).isEmpty()) {
                String why = deletion(before, after, node).map(NodeChanges::by).orElse("it has been away for a week");
                entries.add(new Entry(now.wall(), "node " + node, Optional.of(node), "forgotten", Text.escaped(why)));
            }
        }
        for (NodeOverride override : new TreeMap<>(after.overrides()).values()) {
            // What was asked of a node is forgotten with it.
            if (deletion(before, after, override.node()).isPresent()) {
                continue;
            }
            override(Optional.ofNullable(before.overrides().get(override.node())), override, now)
                    .ifPresent(entries::add);
        }
        maintenance(before.maintenance(), after.maintenance(), now, entries);
        Set<String> known = new HashSet<>();
        before.answers().forEach(a -> known.add(a.requestId()));
        for (Answer answer : after.answers()) {
            if (!known.contains(answer.requestId())) {
                entries.add(answer(before, answer, now));
            }
        }
    }

    /** The request by which a node was forgotten. */
    private static Optional<Request> deletion(ClusterView before, ClusterView after, NodeId node) {
        return before.requests().stream()
                .filter(r -> r.wish().equals(new Wish.DeleteNode(node)))
                .filter(r -> after.answers().stream()
                        .anyMatch(a -> a.requestId().equals(r.id()) && a.verdict() == Answer.Verdict.ACCEPTED))
                .findFirst();
    }

    private static void leader(ClusterView before, ClusterView after, Now now, List<Entry> entries) {
        if (after.epoch().compareTo(before.epoch()) > 0 && !after.epoch().equals(Epoch.NONE)) {
            String who = after.leader().map(NodeId::value).orElse("a node that is not known");
            entries.add(new Entry(
                    now.wall(),
                    "cluster",
                    after.leader(),
                    who + " leads (epoch " + after.epoch().number() + ")",
                    ""));
        }
    }

    private static Optional<Entry> member(Optional<MemberState> before, MemberState after, ClusterView view, Now now) {
        boolean same = before.isPresent()
                && before.get().phase() == after.phase()
                && before.get().incarnation().equals(after.incarnation());
        if (same) {
            return Optional.empty();
        }
        String what = switch (after.phase()) {
            case JOINING -> "is joining";
            case JOINED -> "joined";
            case LEAVING -> "is leaving";
            case FORCED_LEAVING -> "is being forced out";
            case INACTIVE ->
                wasLeaving(before) || view.lives(after.node(), after.incarnation()) ? "left" : "was forced out";
        };
        return Optional.of(new Entry(
                now.wall(), "node " + after.node(), Optional.of(after.node()), what, Text.escaped(after.reason())));
    }

    private static boolean wasLeaving(Optional<MemberState> state) {
        return state.filter(s -> s.phase() == MemberPhase.LEAVING).isPresent();
    }

    private static Optional<Entry> override(Optional<NodeOverride> before, NodeOverride after, Now now) {
        if (before.equals(Optional.of(after))) {
            return Optional.empty();
        }
        String what = after.drained() ? "drained" : after.quiesced() ? "quiesced" : "resumed";
        String until = after.expires().map(e -> " until " + e).orElse("");
        return Optional.of(new Entry(
                now.wall(),
                "node " + after.node(),
                Optional.of(after.node()),
                what + until,
                by(after.author(), after.reason())));
    }

    private static void maintenance(Maintenance before, Maintenance after, Now now, List<Entry> entries) {
        Set<Maintenance.Scope> scopes = new LinkedHashSet<>();
        Stream.of(before, after).forEach(m -> {
            m.cluster().ifPresent(_ -> scopes.add(new Maintenance.Scope.Cluster()));
            m.nodes().keySet().forEach(n -> scopes.add(new Maintenance.Scope.Node(n)));
            m.services().keySet().forEach(s -> scopes.add(new Maintenance.Scope.Service(s)));
        });
        for (Maintenance.Scope scope : scopes) {
            if (!before.of(scope).equals(after.of(scope))) {
                entries.add(maintained(scope, after.of(scope), now));
            }
        }
    }

    private static Entry maintained(Maintenance.Scope scope, Optional<Maintenance.Notice> notice, Now now) {
        String until = notice.flatMap(Maintenance.Notice::expires)
                .map(e -> " until " + e)
                .orElse("");
        String resource = switch (scope) {
            case Maintenance.Scope.Cluster _ -> "cluster";
            case Maintenance.Scope.Node s -> "node " + s.node();
            case Maintenance.Scope.Service s -> "service " + s.service();
        };
        return new Entry(
                now.wall(),
                resource,
                scope instanceof Maintenance.Scope.Node s ? Optional.of(s.node()) : Optional.empty(),
                notice.isPresent() ? "in maintenance" + until : "its maintenance is over",
                notice.map(n -> by(n.author(), n.reason())).orElse(""));
    }

    /** Who asked for what, and why, is known as long as the request is there. */
    private static Entry answer(ClusterView before, Answer answer, Now now) {
        Optional<Request> request = before.requests().stream()
                .filter(r -> r.id().equals(answer.requestId()))
                .findFirst();
        String generation =
                answer.generation().map(g -> " (generation " + g + ")").orElse("");
        String verdict = answer.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + generation;
        String what = request.map(r -> r.wish().words() + ": ").orElse("") + verdict;
        String why = Stream.of(request.map(NodeChanges::by).orElse(""), answer.message())
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining("; "));
        return new Entry(now.wall(), "request " + answer.requestId(), Optional.empty(), what, Text.escaped(why));
    }

    private static String by(Request request) {
        return by(request.author(), request.reason());
    }

    private static String by(String author, String reason) {
        return Text.escaped("by " + author + (reason.isEmpty() ? "" : ": " + reason));
    }
}
