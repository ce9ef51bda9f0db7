package io.stead.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.testing.Cluster;
import io.stead.testing.SpecBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Choosing against a second, dumb implementation, over clusters made from seeds. */
@Tag("B13")
final class ChoosingPropertiesTest {
    private static final List<String> PATTERNS = List.of("*", "n*", "n1", "n2", "n3", "n4", "n5", "n*2", "x*");

    @Test
    void theChosenNode_isAmongTheDumbOnesCandidates() {
        for (long seed = 0; seed < 2_000; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        Cluster cluster = cluster(random);
        cluster.apply(spec(random, "probe")).planAll();
        ServiceName probe = new ServiceName("probe");
        while (!cluster.nodes("probe").isEmpty() && random.nextInt(3) == 0) {
            String on = cluster.nodes("probe").getFirst();
            cluster.reports(on, "probe", Verb.START, Outcome.FAILED).plan();
            List<NodeId> expected = DumbChoice.candidates(cluster.view(), probe);
            cluster.plan();
            boolean backsOff = cluster.nodes("probe").isEmpty();
            assertThat(backsOff ? cluster.assignment("probe").failures().size() : expected.size())
                    .as("seed %d", seed)
                    .isPositive();
            if (!backsOff) {
                assertThat(expected)
                        .as("seed %d", seed)
                        .contains(new NodeId(cluster.nodes("probe").getFirst()));
            }
        }
    }

    @Test
    void firstChoice_isAmongTheDumbOnesCandidates() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Cluster cluster = cluster(random);
            cluster.apply(spec(random, "probe"));
            List<NodeId> expected = DumbChoice.candidates(cluster.view(), new ServiceName("probe"));

            cluster.plan();

            List<NodeId> chosen =
                    cluster.nodes("probe").stream().map(NodeId::new).toList();
            if (expected.isEmpty()) {
                assertThat(chosen).as("seed %d", seed).isEmpty();
            } else {
                assertThat(expected).as("seed %d", seed).containsAll(chosen);
                assertThat(chosen).as("seed %d", seed).hasSize(1);
            }
        }
    }

    private static Cluster cluster(Random random) {
        Cluster cluster = new Cluster();
        int nodes = 1 + random.nextInt(5);
        for (int i = 1; i <= nodes; i++) {
            cluster.up("n" + i);
        }
        cluster.settle();
        for (int i = 0; i < random.nextInt(6); i++) {
            cluster.apply(spec(random, "s" + i));
        }
        cluster.settle();
        for (int i = 1; i <= nodes; i++) {
            switch (random.nextInt(8)) {
                case 0 -> cluster.notOk("n" + i);
                case 1 -> cluster.ask(new Wish.Quiesce(new NodeId("n" + i)));
                case 2 -> cluster.down("n" + i);
                case 3 -> cluster.ask(new Wish.Leave(new NodeId("n" + i), true));
                default -> cluster.load("n" + i, 10 * random.nextInt(4));
            }
        }
        return cluster.settle();
    }

    private static SpecBuilder spec(Random random, String name) {
        SpecBuilder spec = SpecBuilder.service(name);
        if (random.nextBoolean()) {
            spec.allow(PATTERNS.get(random.nextInt(PATTERNS.size())), PATTERNS.get(random.nextInt(PATTERNS.size())));
        }
        if (random.nextInt(3) == 0) {
            spec.deny(PATTERNS.get(1 + random.nextInt(PATTERNS.size() - 1)));
        }
        List<String> preferred = new ArrayList<>(List.of("n1", "n2", "n3", "n4", "n5"));
        Collections.shuffle(preferred, random);
        String[] some = preferred.subList(0, random.nextInt(4)).toArray(String[]::new);
        return random.nextBoolean() ? spec.ranked(some) : spec.unranked(some);
    }
}
