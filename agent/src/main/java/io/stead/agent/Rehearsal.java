package io.stead.agent;

import io.stead.agent.node.NodeFiles;
import io.stead.model.Epoch;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Member;
import io.stead.model.member.Membership;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.model.view.NodeView;
import io.stead.reconcile.Lease;
import io.stead.reconcile.LocalState;
import io.stead.reconcile.Reconciler;
import io.stead.schema.codec.Codecs;
import io.stead.simulate.Changes;
import io.stead.simulate.Forecast;
import io.stead.simulate.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through a failover once in mind, before there is one: what a process does for the first time takes it many times as
 * long, and an agent is mostly asked for it once in its life. On a thread of its own; touches nothing.
 */
final class Rehearsal {
    private static final int ROUNDS = 40;
    private static final NodeId ONE = new NodeId("one");
    private static final NodeId OTHER = new NodeId("other");
    private static final ServiceName PLAY = new ServiceName("play");

    private Rehearsal() {}

    static void begin(NodeFiles files) {
        Thread.ofPlatform().daemon().name("stead-rehearsal").start(() -> rehearse(files));
    }

    private static void rehearse(NodeFiles files) {
        try {
            inMind();
            files.rehearse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Decides it, and nothing else. */
    static void inMind() {
        for (int i = 0; i < ROUNDS; i++) {
            failover();
        }
    }

    private static void failover() {
        Instant now = Instant.now();
        ServiceSpec spec =
                new ServiceSpec(PLAY, Placement.ANYWHERE, Optional.empty(), Actions.NONE, Duration.ZERO, false);
        ClusterView begin = new ClusterView(
                Epoch.NONE,
                Optional.of(ONE),
                Map.of(),
                Map.of(),
                Membership.EMPTY,
                Map.of(),
                Maintenance.NONE,
                Map.of(PLAY, spec),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of());
        ClusterView up =
                Simulation.whatIf(begin, Changes.added(ONE, OTHER), now).end();
        Owner owner = up.assignment(PLAY).owners().getFirst();
        Forecast lost = Simulation.whatIf(up, Changes.down(owner.node()), now);
        lost.steps().forEach(step -> Codecs.HISTORY.encode(List.of(step.entry())));
        node(up, owner);
        ServiceAssignment next = lost.end().assignment(PLAY);
        var _ = Codecs.ASSIGNMENT.decode("/play", Codecs.ASSIGNMENT.encode(next));
    }

    private static void node(ClusterView view, Owner owner) {
        Member me = view.members().get(owner.node());
        if (me == null) {
            return;
        }
        Holding own = new Holding(PLAY, me.node(), me.incarnation(), owner.generation(), HoldingState.ACQUIRING);
        NodeView node = new NodeView(
                me.node(),
                me.incarnation(),
                view.membership().of(me.node()),
                view.services(),
                view.assignments(),
                Map.of(PLAY, List.of(own)),
                new NodeReports(me.node(), me.incarnation(), List.of()),
                List.of());
        Now now = new Now(Instant.now(), 0);
        Lease lease = new Lease(Duration.ofSeconds(2).toNanos(), Duration.ZERO);
        var _ = Reconciler.reconcile(node, LocalState.EMPTY, lease, now);
        var _ = Codecs.HOLDING.decode("/play/one", Codecs.HOLDING.encode(own));
    }
}
