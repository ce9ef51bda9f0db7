package io.stead.it.bench;

import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Levels;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Target;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster as operators have them, only larger. Of ten services in a row the last three are a family, and of the others and the
 * parents
 *
 * <ul>
 *   <li>a quarter may be anywhere and prefers three nodes, in order;
 *   <li>a quarter may be on three nodes only, and has the other two notified;
 *   <li>a quarter is kept to some nodes by patterns, and moves by itself to either of two;
 *   <li>a quarter awaits maturity.
 * </ul>
 *
 * <p>Each has its commands, an owner and a holding, and each node has loads of its own and a vector of reports.
 */
final class LargeCluster {
    private static final List<NodePattern> ANY = List.of(new NodePattern("n*"));
    private static final int ROW = 10;
    private static final int CHILD = 8;

    private final int services;
    private final int nodes;
    private final Instant at;

    LargeCluster(int services, int nodes, Instant at) {
        this.services = services;
        this.nodes = nodes;
        this.at = at;
    }

    /** Every service where it belongs. */
    ClusterView placed() {
        Map<ServiceName, ServiceAssignment> assignments = new TreeMap<>();
        Map<ServiceName, List<Holding>> holdings = new HashMap<>();
        for (int i = 0; i < services; i++) {
            NodeId owner = owner(i);
            assignments.put(name(i), assignment(i));
            holdings.put(name(i), List.of(new Holding(name(i), owner, life(owner), 1, HoldingState.ONLINE)));
        }
        return view(members(), assignments, holdings, reports());
    }

    /** The same when a node's session has just ended, and with it all that the node said. */
    ClusterView without(NodeId lost) {
        ClusterView placed = placed();
        Map<NodeId, Member> members = members();
        members.remove(lost);
        Map<NodeId, NodeReports> reports = reports();
        reports.remove(lost);
        Map<ServiceName, List<Holding>> holdings = new HashMap<>();
        placed.holdings()
                .forEach((service, held) -> holdings.put(
                        service,
                        held.stream().filter(h -> !h.node().equals(lost)).toList()));
        return view(members, placed.assignments(), holdings, reports);
    }

    /** All nodes are there, and nothing was decided yet. */
    ClusterView empty() {
        return view(members(), Map.of(), Map.of(), Map.of());
    }

    private ClusterView view(
            Map<NodeId, Member> members,
            Map<ServiceName, ServiceAssignment> assignments,
            Map<ServiceName, List<Holding>> holdings,
            Map<NodeId, NodeReports> reports) {
        Map<NodeId, NodeStatus> statuses = new TreeMap<>();
        members.keySet()
                .forEach(node ->
                        statuses.put(node, new NodeStatus(node, life(node), true, number(node) % 5 * 10, false)));
        Map<ServiceName, ServiceSpec> specs = new TreeMap<>();
        IntStream.range(0, services).forEach(i -> specs.put(name(i), spec(i)));
        return new ClusterView(
                new Epoch(1),
                Optional.of(node(0)),
                asRead(members),
                asRead(statuses),
                membership(),
                Map.of(),
                asRead(specs),
                asRead(assignments),
                holdings,
                asRead(reports),
                List.of(),
                List.of(),
                List.of());
    }

    /** In order, and found by hash, as the store has them. */
    private static <K, V> Map<K, V> asRead(Map<K, V> sorted) {
        return new LinkedHashMap<>(sorted);
    }

    // ---- nodes

    private NodeId node(int number) {
        return new NodeId("n%04d".formatted(number % nodes));
    }

    private static int number(NodeId node) {
        return Integer.parseInt(node.value().substring(1));
    }

    private static Incarnation life(NodeId node) {
        return new Incarnation(number(node) + 1);
    }

    private Map<NodeId, Member> members() {
        Map<NodeId, Member> members = new TreeMap<>();
        IntStream.range(0, nodes)
                .mapToObj(this::node)
                .forEach(node -> members.put(
                        node, new Member(node, life(node), "boot", List.of("10.0.0.1"), Map.of("rack", "r1"))));
        return members;
    }

    private Membership membership() {
        TreeMap<NodeId, MemberState> states = new TreeMap<>();
        IntStream.range(0, nodes)
                .mapToObj(this::node)
                .forEach(node -> states.put(
                        node,
                        new MemberState(
                                node, life(node), MemberPhase.JOINED, Levels.SERVICES, at, "its agent has come")));
        return new Membership(states);
    }

    /** How each notify has ended that is still asked for. */
    private Map<NodeId, NodeReports> reports() {
        Map<NodeId, List<Report>> byNode = new TreeMap<>();
        for (int i = 0; i < services; i++) {
            if (spec(i).actions().has(Verb.NOTIFY)) {
                Report told = new Report(name(i), 1, Verb.NOTIFY, Outcome.SUCCEEDED, "");
                for (NodeId other : favourites(i).subList(1, 3)) {
                    byNode.computeIfAbsent(other, _ -> new ArrayList<>()).add(told);
                }
            }
        }
        Map<NodeId, NodeReports> reports = new TreeMap<>();
        IntStream.range(0, nodes)
                .mapToObj(this::node)
                .forEach(node ->
                        reports.put(node, new NodeReports(node, life(node), byNode.getOrDefault(node, List.of()))));
        return reports;
    }

    // ---- services

    private static ServiceName name(int i) {
        return new ServiceName("s%05d".formatted(i));
    }

    /** The service that it stands upon, or itself. */
    private static int root(int i) {
        return i % ROW < CHILD ? i : i - i % ROW + CHILD - 1;
    }

    private NodeId owner(int i) {
        return node(root(i));
    }

    /** Where it is, and the two nodes that are as good for it, or nearly so. */
    private List<NodeId> favourites(int i) {
        return Stream.of(0, 1, 2).map(n -> node(root(i) + n)).toList();
    }

    private ServiceSpec spec(int i) {
        boolean child = i % ROW >= CHILD;
        boolean notifies = !child && i % 4 == 1;
        return new ServiceSpec(
                name(i),
                child ? Placement.ANYWHERE : placement(i),
                child ? Optional.of(name(i - 1)) : Optional.empty(),
                actions(i, notifies ? Verb.COMMANDS : List.of(Verb.START, Verb.STOP, Verb.RECOVERY)),
                Duration.ZERO,
                false);
    }

    private Placement placement(int i) {
        List<NodeId> favourites = favourites(i);
        return switch (i % 4) {
            case 0 ->
                placement(ANY, List.of(), favourites, PreferenceOrder.RANKED, Maturity.AT_ONCE, TransferCost.COSTLY);
            case 1 ->
                placement(
                        favourites.stream().map(n -> new NodePattern(n.value())).toList(),
                        List.of(),
                        List.of(),
                        PreferenceOrder.RANKED,
                        Maturity.AT_ONCE,
                        TransferCost.COSTLY);
            case 2 ->
                placement(
                        List.of(new NodePattern("n0*"), new NodePattern("n*")),
                        List.of(new NodePattern("*x*"), new NodePattern("spare*")),
                        favourites.subList(0, 2),
                        PreferenceOrder.UNRANKED,
                        Maturity.AT_ONCE,
                        TransferCost.FREE);
            default ->
                placement(
                        ANY,
                        List.of(),
                        List.of(),
                        PreferenceOrder.RANKED,
                        new Maturity(Optional.of(2), Optional.of(Duration.ofMinutes(5))),
                        TransferCost.COSTLY);
        };
    }

    private static Placement placement(
            List<NodePattern> allow,
            List<NodePattern> deny,
            List<NodeId> prefer,
            PreferenceOrder order,
            Maturity maturity,
            TransferCost transfer) {
        return new Placement(allow, deny, prefer, order, Policy.ONE, Register.AUTO, maturity, transfer);
    }

    private static Actions actions(int i, List<Verb> verbs) {
        Map<Verb, Action> actions = new TreeMap<>();
        for (Verb verb : verbs) {
            actions.put(
                    verb,
                    new Action(
                            new Target.Run("license"),
                            Map.of("PORT", Integer.toString(i)),
                            List.of(),
                            Duration.ofSeconds(30)));
        }
        return new Actions(actions);
    }

    private ServiceAssignment assignment(int i) {
        ServiceSpec spec = spec(i);
        NodeId node = owner(i);
        boolean awaited = !spec.placement().maturity().equals(Maturity.AT_ONCE);
        Owner owner = new Owner(
                node,
                life(node),
                1,
                spec.actions(),
                spec.parent(),
                true,
                Duration.ZERO,
                at,
                false,
                false,
                Optional.of(at),
                Optional.empty(),
                Optional.empty());
        return new ServiceAssignment(
                name(i),
                1,
                List.of(owner),
                Optional.empty(),
                awaited ? Optional.of(at) : Optional.empty(),
                awaited ? Optional.of(at) : Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "its start on " + node + " has succeeded");
    }
}
