package io.stead.simulate.world;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.service.Holding;
import io.stead.model.service.NodeReports;
import io.stead.model.view.ClusterView;
import io.stead.model.view.NodeView;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one reader of the store has seen: each part of it up to a moment of its own, later ones never taken back. A view may
 * so be one that never was.
 */
final class Sight {
    /** Parts of the store that are read, and lag, apart. */
    enum Part {
        MEMBERS,
        MEMBERSHIP,
        SERVICES,
        ASSIGNMENTS,
        HOLDINGS,
        REPORTS,
        REQUESTS
    }

    private final List<ClusterView> history;
    private final Chances chances;
    private final Map<Part, Integer> seen = new EnumMap<>(Part.class);

    Sight(List<ClusterView> history, Chances chances) {
        this.history = history;
        this.chances = chances;
        catchUp();
    }

    /** Sees more of what has happened, of each part as far as chance will have it. */
    void look() {
        int latest = history.size() - 1;
        boolean all = chances.isCalm() || chances.oneIn(2);
        for (Part part : Part.values()) {
            int from = at(part);
            seen.put(part, all || from == latest ? latest : from + chances.pick(latest - from + 1));
        }
    }

    /** Sees everything. */
    void catchUp() {
        for (Part part : Part.values()) {
            seen.put(part, history.size() - 1);
        }
    }

    /** Sees these parts as they are now: what somebody has written is not hidden from him any more. */
    void catchUp(Part... parts) {
        for (Part part : parts) {
            seen.put(part, history.size() - 1);
        }
    }

    boolean isBehind() {
        return seen.values().stream().anyMatch(i -> i < history.size() - 1);
    }

    ClusterView view() {
        ClusterView members = of(Part.MEMBERS);
        ClusterView assignments = of(Part.ASSIGNMENTS);
        return new ClusterView(
                assignments.epoch(),
                assignments.leader(),
                members.members(),
                members.statuses(),
                of(Part.MEMBERSHIP).membership(),
                of(Part.MEMBERSHIP).overrides(),
                of(Part.MEMBERSHIP).maintenance(),
                of(Part.SERVICES).services(),
                assignments.assignments(),
                of(Part.HOLDINGS).holdings(),
                of(Part.REPORTS).reports(),
                of(Part.REQUESTS).requests(),
                of(Part.REQUESTS).answers(),
                of(Part.SERVICES).unreadable());
    }

    private ClusterView of(Part part) {
        return history.get(at(part));
    }

    private int at(Part part) {
        return seen.getOrDefault(part, 0);
    }

    /** What one life of a node watches: holdings only of the services that it holds, takes, or has something left of. */
    NodeView of(NodeId node, Incarnation incarnation, Set<ServiceName> runs) {
        ClusterView seen = view();
        Set<ServiceName> interest = new TreeSet<>(runs);
        seen.assignments().forEach((service, assignment) -> {
            if (assignment.ownerOn(node, incarnation).isPresent()) {
                interest.add(service);
            }
        });
        seen.holdings().forEach((service, all) -> {
            if (all.stream().anyMatch(h -> h.node().equals(node))) {
                interest.add(service);
            }
        });
        Map<ServiceName, List<Holding>> holdings = new HashMap<>();
        interest.forEach(s -> holdings.put(s, seen.holdings().getOrDefault(s, List.of())));
        NodeReports none = new NodeReports(node, incarnation, List.of());
        NodeReports published = seen.reports().getOrDefault(node, none);
        return new NodeView(
                node,
                incarnation,
                seen.membership().of(node),
                seen.services(),
                seen.assignments(),
                holdings,
                published.incarnation().equals(incarnation) ? published : none,
                seen.unreadable());
    }
}
