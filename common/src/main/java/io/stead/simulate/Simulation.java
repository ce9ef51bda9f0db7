package io.stead.simulate;

import io.stead.audit.Audit;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.member.Member;
import io.stead.model.member.NodeStatus;
import io.stead.model.view.ClusterView;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would happen if nodes went or came (C6), by the planner that decides in earnest. Commands succeed at once and take no
 * time, so that what is left of the time is the planner's waiting: maturity, stop-grace, back-off.
 */
public final class Simulation {
    /** No cluster takes so many rounds; one that does never comes to rest. */
    private static final int MOST_ROUNDS = 10_000;

    private static final Duration LONGEST = Duration.ofDays(8);

    private final Facts facts;
    private final IdealNodes nodes;
    private final Now begin;
    private final List<Forecast.Step> steps = new ArrayList<>();
    private Observations seen = Observations.NONE;
    private Now now;
    private ClusterView told;

    private Simulation(ClusterView view, Instant begin) {
        this.facts = new Facts(view);
        this.nodes = new IdealNodes(facts);
        this.begin = new Now(begin, 0);
        this.now = this.begin;
        this.told = view;
    }

    /**
     * Runs the cluster until it has come to rest.
     *
     * @param at the wall clock at the changes; what the view says of the past is reckoned from it
     * @throws IllegalArgumentException where a change does not fit the view; the message says the mend
     */
    public static Forecast whatIf(ClusterView view, Changes changes, Instant at) {
        Simulation simulation = new Simulation(view, at);
        simulation.make(changes);
        return simulation.run();
    }

    private void make(Changes changes) {
        for (NodeId node : changes.down()) {
            Member member = facts.view().members().get(node);
            if (member == null) {
                throw new IllegalArgumentException("node " + node + " is not up: see `stead nodes`");
            }
            facts.end(node, member.incarnation());
        }
        for (NodeId node : changes.up()) {
            if (facts.view().members().containsKey(node)) {
                throw new IllegalArgumentException("node " + node + " is up already: see `stead nodes`");
            }
            if (facts.view().membership().of(node).isEmpty()) {
                throw new IllegalArgumentException("node " + node + " was never seen: use --add");
            }
            come(node);
        }
        for (NodeId node : changes.added()) {
            if (facts.view().membership().of(node).isPresent()
                    || facts.view().members().containsKey(node)) {
                throw new IllegalArgumentException("node " + node + " is known already: use --up");
            }
            come(node);
        }
    }

    private void come(NodeId node) {
        Incarnation incarnation = unused(facts.view());
        facts.come(
                new Member(node, incarnation, "simulated", List.of(), Map.of()),
                new NodeStatus(node, incarnation, true, 0, false));
    }

    private static Incarnation unused(ClusterView view) {
        long highest = Math.max(
                view.members().values().stream()
                        .map(Member::incarnation)
                        .max(Comparator.naturalOrder())
                        .map(Incarnation::sessionId)
                        .orElse(0L),
                view.membership().states().values().stream()
                        .mapToLong(s -> s.incarnation().sessionId())
                        .max()
                        .orElse(0L));
        return new Incarnation(highest + 1);
    }

    private Forecast run() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            seen = seen.see(facts.view(), now);
            Plan plan = Planner.plan(facts.view(), seen, now);
            facts.commit(facts.view().epoch(), facts.view(), plan);
            boolean obeyed = nodes.obey();
            tell(plan);
            if (plan.isEmpty() && !obeyed) {
                Optional<Duration> wait = plan.reconsiderIn();
                if (wait.isEmpty() || now.plus(wait.get()).since(begin.nanos()).compareTo(LONGEST) > 0) {
                    return new Forecast(steps, facts.view(), plan.why(), true);
                }
                now = now.plus(wait.get());
            }
        }
        return new Forecast(
                steps, facts.view(), Planner.plan(facts.view(), seen, now).why(), false);
    }

    private void tell(Plan plan) {
        ClusterView after = facts.view();
        Duration elapsed = now.since(begin.nanos());
        Audit.between(told, after, plan.why(), now).forEach(e -> steps.add(new Forecast.Step(elapsed, e)));
        told = after;
    }
}
