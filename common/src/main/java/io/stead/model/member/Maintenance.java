package io.stead.model.member;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What operators are at work on (C11): nothing is decided about it as long as that lasts, whatever becomes of it. One vector for
 * the whole cluster.
 */
public record Maintenance(
        Optional<Notice> cluster, SortedMap<NodeId, Notice> nodes, SortedMap<ServiceName, Notice> services) {
    public static final Maintenance NONE =
            new Maintenance(Optional.empty(), Collections.emptySortedMap(), Collections.emptySortedMap());

    public Maintenance {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    }

    /** What is in maintenance. */
    public sealed interface Scope {
        record Cluster() implements Scope {}

        /** What runs on the node stays as it is, and nothing new is placed there. */
        record Node(NodeId node) implements Scope {}

        record Service(ServiceName service) implements Scope {}
    }

    /** Who is at work there, why, and until when if that was said. */
    public record Notice(String author, String reason, Instant since, Optional<Instant> expires) {
        public boolean hasExpired(Instant now) {
            return expires.isPresent() && !now.isBefore(expires.get());
        }
    }

    public Optional<Notice> of(Scope scope) {
        return switch (scope) {
            case Scope.Cluster _ -> cluster;
            case Scope.Node s -> Optional.ofNullable(nodes.get(s.node()));
            case Scope.Service s -> Optional.ofNullable(services.get(s.service()));
        };
    }

    public Maintenance with(Scope scope, Notice notice) {
        return put(scope, Optional.of(notice));
    }

    public Maintenance without(Scope scope) {
        return put(scope, Optional.empty());
    }

    /** Without what has expired. */
    public Maintenance at(Instant now) {
        SortedMap<NodeId, Notice> someNodes = new TreeMap<>(nodes);
        SortedMap<ServiceName, Notice> someServices = new TreeMap<>(services);
        someNodes.values().removeIf(n -> n.hasExpired(now));
        someServices.values().removeIf(n -> n.hasExpired(now));
        return new Maintenance(cluster.filter(n -> !n.hasExpired(now)), someNodes, someServices);
    }

    private Maintenance put(Scope scope, Optional<Notice> notice) {
        SortedMap<NodeId, Notice> someNodes = new TreeMap<>(nodes);
        SortedMap<ServiceName, Notice> someServices = new TreeMap<>(services);
        Optional<Notice> whole = cluster;
        switch (scope) {
            case Scope.Cluster _ -> whole = notice;
            case Scope.Node s -> put(someNodes, s.node(), notice);
            case Scope.Service s -> put(someServices, s.service(), notice);
        }
        return new Maintenance(whole, someNodes, someServices);
    }

    private static <K> void put(SortedMap<K, Notice> some, K key, Optional<Notice> notice) {
        notice.ifPresentOrElse(n -> some.put(key, n), () -> some.remove(key));
    }
}
