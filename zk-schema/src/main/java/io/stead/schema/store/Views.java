package io.stead.schema.store;

import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Znodes as views. A znode whose contents name somebody else than its path does, or a life other than the session it belongs to,
 * is not believed. Not thread-safe.
 */
final class Views {
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
                one(Layout.EPOCH, znodes, Codecs.EPOCH, unreadable).orElse(Epoch.NONE),
                leader,
                ephemeral(Layout.MEMBERS, znodes, Codecs.MEMBER, Member::node, Member::incarnation, unreadable),
                ephemeral(
                        Layout.STATUS,
                        znodes,
                        Codecs.NODE_STATUS,
                        NodeStatus::node,
                        NodeStatus::incarnation,
                        unreadable),
                membership(znodes, unreadable),
                byKey(Layout.OVERRIDES, znodes, Codecs.NODE_OVERRIDE, NodeOverride::node, unreadable),
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

    private Membership membership(Map<String, Znode> znodes, List<Unreadable> unreadable) {
        return one(Layout.TRANSITIONS, znodes, Codecs.MEMBERSHIP, unreadable).orElse(Membership.EMPTY);
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
        return found;
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
