package io.stead.simulate.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.service.Phase;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.view.ClusterView;
import io.stead.testing.SpecBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of the document, replayed: the cluster is watched event by event, and the states it passes through must be the
 * table's rows, one after the other, with nothing between them. The leader looks only once a second, so that what nodes do
 * upon one commit is done before the next.
 */
final class Replay {
    private static final ServiceName SERVICE = new ServiceName("s");
    private static final List<String> NODES = List.of("n0", "n1", "n2");
    private static final Duration LONGEST = Duration.ofMinutes(6);

    private final World world;
    private final Set<NodeId> served = new HashSet<>();
    private Set<Invariants.Notified> notified = Set.of();
    private String state;

    Replay(SpecBuilder spec) {
        Chances calm = new Chances(0);
        calm.calmDown();
        world = new World(calm, true);
        world.steadyLeaderSight(Duration.ofSeconds(1));
        NODES.forEach(world::add);
        world.facts().apply(spec.spec());
        world.changed();
        state = state();
    }

    Replay boots(String node) {
        host(node).powerOn();
        return this;
    }

    Replay leaves(String node) {
        host(node).leave();
        return this;
    }

    private Host host(String node) {
        return world.host(new NodeId(node));
    }

    /** The very next state is this: the service, its flags, and n0, n1, n2. */
    Replay row(String expected) {
        String before = state;
        long until = world.timeline().nanos() + LONGEST.toNanos();
        while (state.equals(before)
                && world.timeline().nanos() < until
                && world.timeline().step()) {
            state = state();
        }
        assertThat(state).as(() -> String.join("\n", world.trace().lines())).isEqualTo(expected);
        return this;
    }

    /** As {@link #row}, and these nodes are notified meanwhile, and no others. */
    Replay row(String expected, String... nodes) {
        row(expected);
        world.timeline()
                .runUntil(world.timeline().nanos() + Duration.ofMillis(700).toNanos());
        assertThat(state()).isEqualTo(expected);
        Set<Invariants.Notified> now = Set.copyOf(world.invariants().notified());
        assertThat(now.stream()
                        .filter(n -> !notified.contains(n))
                        .map(n -> n.node().value()))
                .containsExactlyInAnyOrder(nodes);
        notified = now;
        return this;
    }

    private String state() {
        ClusterView view = world.facts().view();
        ServiceAssignment assignment = view.assignment(SERVICE);
        assignment.owners().forEach(o -> served.add(o.node()));
        Phase phase = Phase.of(assignment, o -> view.lives(o.node(), o.incarnation()));
        List<String> cells = new ArrayList<>();
        cells.add(phase == Phase.DEREGISTERED || phase == Phase.AWAITING_MATURITY ? "-" : phase.word());
        cells.add((assignment.transfer().isPresent() ? "T" : "") + (phase == Phase.AWAITING_MATURITY ? "M" : ""));
        Stream.of("n0", "n1", "n2")
                .map(NodeId::new)
                .map(n -> cell(view, assignment, n))
                .forEach(cells::add);
        return String.join(" | ", cells);
    }

    private String cell(ClusterView view, ServiceAssignment assignment, NodeId node) {
        MemberState member = view.membership().states().get(node);
        if (member == null || !view.lives(node, member.incarnation())) {
            served.remove(node);
            return "down";
        }
        return assignment
                .ownerOn(node)
                .map(o ->
                        Phase.of(o, x -> view.lives(x.node(), x.incarnation())).word())
                .orElse(member.phase() != MemberPhase.JOINED && served.contains(node) ? "-" : "up");
    }
}
