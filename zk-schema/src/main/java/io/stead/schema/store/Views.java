package io.stead.schema.store;

import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Member;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.service.Holding;
import io.stead.model.service.NodeReports;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.model.view.NodeView;
import io.stead.model.view.Unreadable;
import io.stead.schema.codec.Codec;
import io.stead.schema.codec.Codecs;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Znode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Znodes as views. A znode whose contents name somebody else than its path does, or a life other than the session it belongs to,
 * is not believed. Where what can't be read would permit something by its absence, the careful reading takes its place: a
 * node is present by its znode's name and session, whatever that says; a status that can't be read is not ok, an override
 * quiesces, and a maintenance is that of the whole cluster. Not thread-safe.
 */
final class Views {
    private static final Maintenance UNREADABLE_MAINTENANCE = Maintenance.NONE.with(
            new Maintenance.Scope.Cluster(),
            new Maintenance.Notice("nobody", "its znode can't be read", Instant.EPOCH, Optional.empty()));

    private final Decoding decoding = new Decoding();

    ClusterView cluster(Map<String, Znode> znodes, Optional<NodeId> leader) {
        decoding.begin();
        List<Unreadable> unreadable = new ArrayList<>();
        List<Request> requests = new ArrayList<>(byKey(Layout.REQUESTS, znodes, Codecs.REQUEST, Request::id, unreadable)
                .values());
        requests.sort(
                Comparator.comparingLong((Request r) -> created(znodes, r)).thenComparing(Request::id));
        List<Answer> answers =
                new ArrayList<>(byKey(Layout.ANSWERS, znodes, Codecs.ANSWER, Answer::requestId, unreadable)
                        .values());
        return new ClusterView(
                always(Layout.EPOCH, znodes, Codecs.EPOCH, unreadable).orElse(Epoch.NONE),
                leader,
                careful(
                        Layout.MEMBERS,
                        znodes,
                        ephemeral(Layout.MEMBERS, znodes, Codecs.MEMBER, Member::node, Member::incarnation, unreadable),
                        Views::present),
                careful(
                        Layout.STATUS,
                        znodes,
                        ephemeral(
                                Layout.STATUS,
                                znodes,
                                Codecs.NODE_STATUS,
                                NodeStatus::node,
                                NodeStatus::incarnation,
                                unreadable),
                        Views::notOk),
                membership(znodes, unreadable),
                careful(
                        Layout.OVERRIDES,
                        znodes,
                        byKey(Layout.OVERRIDES, znodes, Codecs.NODE_OVERRIDE, NodeOverride::node, unreadable),
                        Views::quiesced),
                always(Layout.MAINTENANCE, znodes, Codecs.MAINTENANCE, unreadable)
                        .orElse(UNREADABLE_MAINTENANCE),
                byKey(Layout.SERVICE_SPECS, znodes, Codecs.SERVICE_SPEC, ServiceSpec::name, unreadable),
                byKey(Layout.SERVICE_ASSIGNMENTS, znodes, Codecs.ASSIGNMENT, ServiceAssignment::service, unreadable),
                holdings(znodes, unreadable),
                ephemeral(
                        Layout.REPORTS,
                        znodes,
                        Codecs.NODE_REPORTS,
                        NodeReports::node,
                        NodeReports::incarnation,
                        unreadable),
                List.copyOf(requests),
                List.copyOf(answers),
                List.copyOf(unreadable));
    }

    NodeView node(NodeId me, Incarnation incarnation, Map<String, Znode> znodes) {
        decoding.begin();
        List<Unreadable> unreadable = new ArrayList<>();
        NodeReports none = new NodeReports(me, incarnation, List.of());
        return new NodeView(
                me,
                incarnation,
                membership(znodes, unreadable).of(me),
                byKey(Layout.SERVICE_SPECS, znodes, Codecs.SERVICE_SPEC, ServiceSpec::name, unreadable),
                byKey(Layout.SERVICE_ASSIGNMENTS, znodes, Codecs.ASSIGNMENT, ServiceAssignment::service, unreadable),
                holdings(znodes, unreadable),
                one(Layout.reports(me), znodes, Codecs.NODE_REPORTS, unreadable)
                        .filter(r -> r.incarnation().equals(incarnation))
                        .orElse(none),
                List.copyOf(unreadable));
    }

    // ---- what can't be read

    private static <T> Map<NodeId, T> careful(
            String root,
            Map<String, Znode> znodes,
            Map<NodeId, T> read,
            BiFunction<NodeId, Znode, Optional<T>> otherwise) {
        Map<NodeId, T> all = new TreeMap<>(read);
        for (Znode znode : znodes.values()) {
            if (Layout.parent(znode.path()).equals(root)) {
                node(znode)
                        .filter(n -> !read.containsKey(n))
                        .ifPresent(n -> otherwise.apply(n, znode).ifPresent(value -> all.put(n, value)));
            }
        }
        return all;
    }

    private static Optional<NodeId> node(Znode znode) {
        try {
            return Optional.of(new NodeId(Layout.name(znode.path())));
        } catch (IllegalArgumentException e) {
            // No node's name: nobody's znode, listed as unreadable.
            return Optional.empty();
        }
    }

    private static Optional<Member> present(NodeId node, Znode znode) {
        return znode.isEphemeral()
                ? Optional.of(new Member(node, new Incarnation(znode.ephemeralOwner()), "", List.of(), Map.of()))
                : Optional.empty();
    }

    private static Optional<NodeStatus> notOk(NodeId node, Znode znode) {
        return znode.isEphemeral()
                ? Optional.of(new NodeStatus(node, new Incarnation(znode.ephemeralOwner()), false, 0, false))
                : Optional.empty();
    }

    private static Optional<NodeOverride> quiesced(NodeId node, Znode znode) {
        return Optional.of(
                new NodeOverride(node, true, false, "", "its override can't be read", Instant.EPOCH, Optional.empty()));
    }

    private Membership membership(Map<String, Znode> znodes, List<Unreadable> unreadable) {
        return always(Layout.TRANSITIONS, znodes, Codecs.MEMBERSHIP, unreadable).orElse(Membership.EMPTY);
    }

    /** What {@code stead init} wrote, and what is never taken away: its absence says nothing. */
    private <T> Optional<T> always(
            String path, Map<String, Znode> znodes, Codec<T> codec, List<Unreadable> unreadable) {
        Znode znode = znodes.get(path);
        if (znode == null) {
            unreadable.add(new Unreadable(path, "it is missing", Optional.empty()));
            return Optional.empty();
        }
        return decoding.one(znode, codec, unreadable);
    }

    private <T> Optional<T> one(String path, Map<String, Znode> znodes, Codec<T> codec, List<Unreadable> unreadable) {
        Znode znode = znodes.get(path);
        return znode == null || znode.text().isEmpty() ? Optional.empty() : decoding.one(znode, codec, unreadable);
    }

    private <K extends Comparable<K>, T> Map<K, T> byKey(
            String root, Map<String, Znode> znodes, Codec<T> codec, Function<T, K> key, List<Unreadable> unreadable) {
        return byKey(root, znodes, codec, key, (_, _) -> true, unreadable);
    }

    /** What a node says of itself goes with the session it names, or it would outlive that, or be somebody else's. */
    private <T> Map<NodeId, T> ephemeral(
            String root,
            Map<String, Znode> znodes,
            Codec<T> codec,
            Function<T, NodeId> node,
            Function<T, Incarnation> incarnation,
            List<Unreadable> unreadable) {
        return byKey(
                root,
                znodes,
                codec,
                node,
                (znode, value) ->
                        znode.ephemeralOwner() == incarnation.apply(value).sessionId(),
                unreadable);
    }

    /** In the order of the keys, and found by hash: a plan looks each of them up many times. */
    private <K extends Comparable<K>, T> Map<K, T> byKey(
            String root,
            Map<String, Znode> znodes,
            Codec<T> codec,
            Function<T, K> key,
            BiPredicate<Znode, T> belongs,
            List<Unreadable> unreadable) {
        Map<K, T> found = new TreeMap<>();
        decoding.each(root, znodes, codec, unreadable, (znode, value) -> {
            if (!key.apply(value).toString().equals(Layout.name(znode.path()))) {
                unreadable.add(new Unreadable(
                        znode.path(), "it says that it is " + key.apply(value), Layout.serviceOf(znode.path())));
            } else if (!belongs.test(znode, value)) {
                unreadable.add(new Unreadable(
                        znode.path(), "it belongs to another session than it says", Layout.serviceOf(znode.path())));
            } else {
                found.put(key.apply(value), value);
            }
        });
        return new LinkedHashMap<>(found);
    }

    private Map<ServiceName, List<Holding>> holdings(Map<String, Znode> znodes, List<Unreadable> unreadable) {
        Map<ServiceName, List<Holding>> found = new HashMap<>();
        for (String path : znodes.keySet()) {
            if (Layout.parent(path).equals(Layout.SERVICE_HOLDINGS)) {
                Layout.serviceOf(path).ifPresent(s -> found.put(s, new ArrayList<>()));
            }
        }
        decoding.each(Layout.SERVICE_HOLDINGS, znodes, Codecs.HOLDING, unreadable, (znode, holding) -> {
            boolean own = znode.ephemeralOwner() == holding.incarnation().sessionId()
                    && znode.path().equals(Layout.holding(holding.service(), holding.node()));
            if (own) {
                found.computeIfAbsent(holding.service(), k -> new ArrayList<>()).add(holding);
            } else {
                unreadable.add(new Unreadable(
                        znode.path(), "it is not the holding it says it is", Layout.serviceOf(znode.path())));
            }
        });
        found.values().forEach(list -> list.sort(Comparator.comparing(Holding::node)));
        return found;
    }

    private static long created(Map<String, Znode> znodes, Request request) {
        Znode znode = znodes.get(Layout.request(request.id()));
        return znode == null ? Long.MAX_VALUE : znode.czxid();
    }
}
