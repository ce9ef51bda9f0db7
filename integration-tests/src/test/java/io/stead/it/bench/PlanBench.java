package io.stead.it.bench;

import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.view.ClusterView;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import java.time.Instant;

/** {@code plan} over a {@link LargeCluster}: at rest, after the loss of a node, and from nothing. */
final class PlanBench {
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 101;
    private static final Now NOW = new Now(Instant.parse("2026-01-01T00:00:00Z"), 1_000_000_000L);

    private PlanBench() {}

    static void run() {
        LargeCluster cluster = new LargeCluster(10_000, 1_000, NOW.wall());
        measure("plan, 10000 services on 1000 nodes, at rest", cluster.placed(), 1);
        measure("plan, the same, one node of them lost", cluster.without(new NodeId("n0007")), 1);
        measure("plan, the same, nothing placed yet", cluster.empty(), 5);
    }

    private static void measure(String name, ClusterView view, int share) {
        Figures figures = new Figures(name, "ms", "20 ms");
        int decisions = 0;
        for (int i = -WARM_UP / share; i < ROUNDS / share; i++) {
            long begin = System.nanoTime();
            Observations seen = Observations.NONE.see(view, NOW);
            Plan plan = Planner.plan(view, seen, NOW);
            double millis = (System.nanoTime() - begin) / 1e6;
            decisions = plan.decisions().size();
            if (i >= 0) {
                figures.add(millis);
            }
        }
        figures.print();
        System.out.printf("%-64s %8d decisions%n", "", decisions);
    }
}
