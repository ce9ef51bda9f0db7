package io.stead.it.bench;

import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.Levels;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code plan} over 10,000 services and 1,000 nodes: at rest, after the loss of a node, and from nothing. */
final class PlanBench {
    private static final int SERVICES = 10_000;
    private static final int NODES = 1_000;
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 101;
    private static final Now NOW = new Now(Instant.parse("2026-01-01T00:00:00Z"), 1_000_000_000L);

    private PlanBench() {}

    static void run() {
        ClusterView placed = view(true);
        Map<NodeId, Member> without = new TreeMap<>(placed.members());
        without.remove(node(7));
        measure("plan, 10000 services on 1000 nodes, at rest", placed, ROUNDS);
        measure("plan, the same, one node of them lost", with(placed, without), ROUNDS);
        measure("plan, the same, nothing placed yet", view(false), ROUNDS / 5);
    }

    private static void measure(String name, ClusterView view, int rounds) {
        Figures figures = new Figures(name, "ms", "20 ms");
        int decisions = 0;
        for (int i = 0; i < WARM_UP / (rounds == ROUNDS ? 1 : 5) + rounds; i++) {
            long begin = System.nanoTime();
            Observations seen = Observations.NONE.see(view, NOW);
            Plan plan = Planner.plan(view, seen, NOW);
            double millis = (System.nanoTime() - begin) / 1e6;
            decisions = plan.decisions().size();
            if (i >= WARM_UP / (rounds == ROUNDS ? 1 : 5)) {
                figures.add(millis);
            }
        }
        figures.print();
        System.out.printf("%-64s %8d decisions%n", "", decisions);
    }

    private static NodeId node(int i) {
        return new NodeId("n%04d".formatted(i));
    }

    private static ClusterView view(boolean placed) {
        Map<NodeId, Member> members = new TreeMap<>();
        Map<NodeId, NodeStatus> statuses = new TreeMap<>();
        Map<NodeId, MemberState> states = new TreeMap<>();
        for (int i = 0; i < NODES; i++) {
            NodeId node = node(i);
            Incarnation life = new Incarnation(i + 1);
            members.put(node, new Member(node, life, "boot", List.of(), Map.of()));
            statuses.put(node, new NodeStatus(node, life, true, (i % 5) * 10, false));
            states.put(
                    node,
                    new MemberState(node, life, MemberPhase.JOINED, Levels.SERVICES, NOW.wall(), "its agent has come"));
        }
        Map<ServiceName, ServiceSpec> specs = new TreeMap<>();
        Map<ServiceName, ServiceAssignment> assignments = new TreeMap<>();
        for (int i = 0; i < SERVICES; i++) {
            ServiceName name = new ServiceName("s%05d".formatted(i));
            specs.put(
                    name,
                    new ServiceSpec(name, Placement.ANYWHERE, Optional.empty(), Actions.NONE, Duration.ZERO, false));
            if (placed) {
                assignments.put(name, assignment(name, i % NODES));
            }
        }
        return new ClusterView(
                new Epoch(1),
                Optional.of(node(0)),
                members,
                statuses,
                new Membership(new TreeMap<>(states)),
                Map.of(),
                specs,
                assignments,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static ServiceAssignment assignment(ServiceName name, int node) {
        Owner owner = new Owner(
                node(node),
                new Incarnation(node + 1),
                1,
                Actions.NONE,
                Optional.empty(),
                true,
                Duration.ZERO,
                NOW.wall(),
                false,
                true,
                Optional.empty(),
                Optional.empty());
        return new ServiceAssignment(
                name,
                1,
                List.of(owner),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "its start has succeeded");
    }

    private static ClusterView with(ClusterView view, Map<NodeId, Member> members) {
        return new ClusterView(
                view.epoch(),
                view.leader(),
                members,
                view.statuses(),
                view.membership(),
                view.overrides(),
                view.services(),
                view.assignments(),
                view.holdings(),
                view.reports(),
                view.requests(),
                view.answers(),
                view.unreadable());
    }
}
