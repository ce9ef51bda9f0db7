package io.stead.simulate.world;

import io.stead.audit.Audit;
import io.stead.model.Epoch;
import io.stead.model.NodeId;
import io.stead.model.view.ClusterView;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import io.stead.simulate.Facts;
import java.util.Optional;

/**
 * One leadership on one node: plans upon what it sees, and commits a while later. It does not know that it was deposed until it
 * sees it, and tries to commit all the same.
 */
final class Lead {
    private final World world;
    private final Host host;
    private final Epoch epoch;
    private final Sight sight;
    private Observations seen = Observations.NONE;
    private boolean committing;
    private boolean waking;
    private boolean over;
    private final int life;
    private final Optional<Session> session;

    Lead(World world, Host host, Epoch epoch) {
        this.world = world;
        this.host = host;
        this.epoch = epoch;
        this.sight = world.sight();
        this.life = host.life();
        this.session = host.session();
    }

    /** Whether the process that led is no more, or knows that it does not lead. */
    private boolean isGone() {
        return over || host.life() != life;
    }

    /** Whether its candidacy stands: an ephemeral of its session, given up by the agent's next process. */
    boolean isPresent() {
        return !isGone() && session.filter(s -> !s.isEnded()).isPresent();
    }

    NodeId node() {
        return host.node();
    }

    void changed() {
        if (!waking && !over) {
            waking = true;
            world.timeline().in(world.leaderSight(), this::wake);
        }
    }

    private void wake() {
        waking = false;
        if (isGone() || committing) {
            return;
        }
        if (!host.mayAct()) {
            host.whenAwake(this::changed);
            return;
        }
        sight.look();
        ClusterView view = sight.view();
        if (view.epoch().compareTo(epoch) > 0) {
            over = true;
            return;
        }
        seen = seen.see(view, world.timeline().now());
        Plan plan = Planner.plan(view, seen, world.timeline().now());
        if (plan.isEmpty()) {
            plan.reconsiderIn().ifPresent(d -> world.timeline().in(d, this::changed));
            if (sight.isBehind()) {
                changed();
            }
            return;
        }
        committing = true;
        world.timeline().in(world.chances().commit(), () -> commit(view, plan));
    }

    private void commit(ClusterView base, Plan plan) {
        if (!host.isOnline() || world.chances().fault(30)) {
            answered();
            return;
        }
        ClusterView before = world.facts().view();
        Facts.Commit result = world.facts().commit(epoch, base, plan);
        world.trace()
                .say(node().value(), "commit " + result + " " + plan.decisions().size(), () -> told(before));
        switch (result) {
            case COMMITTED -> {
                world.invariants().commits().committedBy(epoch);
                world.invariants().commits().committed(before, base, plan);
                world.changed();
            }
            case STALE -> {}
            case DEPOSED -> over = true;
        }
        world.timeline().in(world.chances().commit(), this::answered);
    }

    /** However it ended, and also where that is not known: what is there now is read again. */
    private void answered() {
        if (isGone()) {
            return;
        }
        if (!host.isConnected()) {
            host.whenAwake(this::answered);
            return;
        }
        committing = false;
        sight.catchUp(Sight.Part.MEMBERSHIP, Sight.Part.ASSIGNMENTS, Sight.Part.REQUESTS);
        changed();
    }

    private String told(ClusterView before) {
        StringBuilder lines = new StringBuilder();
        Audit.between(
                        before,
                        world.facts().view(),
                        java.util.Map.of(),
                        world.timeline().now())
                .forEach(e -> lines.append("\n                    | ").append(e));
        return lines.toString();
    }
}
