package io.stead.cli.status;

import io.stead.cli.cluster.Outlook;
import io.stead.cli.cluster.Words;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.ServiceAssignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One node, as it is shown.
 *
 * @param member its presence; empty while it is down
 * @param status its own word, where it is present and has given it
 * @param override what an operator asked of it, as long as that holds
 * @param maintenance who is at work there, if anybody
 * @param owned the services it has charge of
 */
record NodeLine(
        NodeId id,
        boolean leads,
        MemberPhase phase,
        Optional<Member> member,
        Optional<NodeStatus> status,
        Optional<MemberState> state,
        Optional<NodeOverride> override,
        Optional<Maintenance.Notice> maintenance,
        List<ServiceName> owned) {
    /** Every node that was ever seen, by name. */
    static List<NodeLine> of(Outlook now) {
        Set<NodeId> nodes = new TreeSet<>(now.view().members().keySet());
        nodes.addAll(now.view().membership().states().keySet());
        Map<NodeId, List<ServiceName>> owned = new TreeMap<>();
        for (ServiceAssignment a : new TreeMap<>(now.view().assignments()).values()) {
            a.owners().stream()
                    .filter(now::lives)
                    .forEach(o -> owned.computeIfAbsent(o.node(), k -> new ArrayList<>())
                            .add(a.service()));
        }
        return nodes.stream()
                .map(n -> of(n, now, owned.getOrDefault(n, List.of())))
                .toList();
    }

    private static NodeLine of(NodeId node, Outlook now, List<ServiceName> owned) {
        Optional<Member> member = Optional.ofNullable(now.view().members().get(node));
        return new NodeLine(
                node,
                now.view().leader().equals(Optional.of(node)),
                now.view().membership().phase(node),
                member,
                Optional.ofNullable(now.view().statuses().get(node))
                        .filter(s -> member.isPresent()
                                && s.incarnation().equals(member.get().incarnation())),
                now.view().membership().of(node),
                Optional.ofNullable(now.view().overrides().get(node))
                        .filter(o -> o.quiesced() && !o.hasExpired(now.now().wall())),
                now.maintenance().of(new Maintenance.Scope.Node(node)),
                owned);
    }

    boolean isUp() {
        return member.isPresent();
    }

    boolean isOk() {
        return isUp() && status.map(NodeStatus::ok).orElse(true);
    }

    /** The keys that design.md §7 promises come first. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", id.value());
        tree.put("state", Words.of(phase));
        tree.put("ok", isOk());
        tree.put("quiesced", override.isPresent());
        tree.put("maintenance", maintenance.isPresent());
        tree.put("observer", false);
        tree.put("up", isUp());
        tree.put("leader", leads);
        tree.put("drained", override.filter(NodeOverride::drained).isPresent());
        status.ifPresent(s -> tree.put("load", s.load()));
        member.ifPresent(m -> {
            tree.put("incarnation", m.incarnation().toString());
            tree.put("control", m.control());
            tree.put("attributes", m.attributes());
        });
        state.ifPresent(s -> {
            tree.put("since", s.since().toString());
            tree.put("reason", s.reason());
        });
        override.ifPresent(o -> tree.put("override", tree(o)));
        maintenance.ifPresent(m -> tree.put("notice", tree(m)));
        tree.put("services", owned.stream().map(ServiceName::value).toList());
        return tree;
    }

    /** Who is at work, why, and until when. */
    static Map<String, Object> tree(Maintenance.Notice notice) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("author", notice.author());
        tree.put("reason", notice.reason());
        tree.put("since", notice.since().toString());
        notice.expires().ifPresent(e -> tree.put("expires", e.toString()));
        return tree;
    }

    private static Map<String, Object> tree(NodeOverride override) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("author", override.author());
        tree.put("reason", override.reason());
        tree.put("since", override.since().toString());
        override.expires().ifPresent(e -> tree.put("expires", e.toString()));
        return tree;
    }
}
