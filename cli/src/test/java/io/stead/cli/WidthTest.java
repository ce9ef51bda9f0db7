package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.Specs;
import io.stead.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That whatever has become of a cluster, everything that is shown of it fits on the page. */
final class WidthTest {
    private static final int WIDTH = 100;
    private static final List<String> VERBS = List.of(
            "status",
            "nodes",
            "services",
            "history --last 20",
            "explain service/%s",
            "explain node/%s",
            "simulate --add n9");

    @Test
    void randomClusters_fitOnThePage() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<String> nodes = names(random, "n", 4);
            List<String> services = names(random, "s", 5);
            FakeCluster cluster = cluster(random, nodes, services);

            for (String verb : VERBS) {
                String resource = verb.contains("node/") ? nodes.getFirst() : services.getFirst();
                Called called = Called.on(cluster, verb.formatted(resource).split(" "));

                assertThat(called.err()).as("seed %d, %s", seed, verb).isEmpty();
                assertThat(called.out().lines())
                        .as("seed %d, %s", seed, verb)
                        .allMatch(line -> line.codePointCount(0, line.length()) <= WIDTH)
                        .allMatch(line -> line.chars().noneMatch(Character::isISOControl));
            }
        }
    }

    private static FakeCluster cluster(Random random, List<String> nodes, List<String> services) {
        FakeCluster cluster = new FakeCluster();
        cluster.up(nodes.toArray(String[]::new));
        cluster.define(
                Specs.preferring(services.get(0), nodes.get(0), nodes.get(1)),
                Specs.everywhere(services.get(1)),
                Specs.child(services.get(2), services.get(0)),
                Specs.only(services.get(3), nodes.get(2)),
                Specs.anywhere(services.get(4)));
        for (int i = 0; i < 6; i++) {
            String node = nodes.get(random.nextInt(nodes.size()));
            String service = services.get(random.nextInt(services.size()));
            String reason = "why\u001b[31m not ".repeat(random.nextInt(20));
            switch (random.nextInt(7)) {
                case 0 -> cluster.down(node);
                case 1 -> cluster.failing.add(new NodeId(node));
                case 2 -> cluster.hanging.add(new NodeId(node));
                case 3 -> call(cluster, "transfer", service, "--reason", reason);
                case 4 -> call(cluster, "node", "drain", node, "--reason", reason);
                case 5 -> call(cluster, "node", "leave", node, "--reason", reason);
                default -> call(cluster, "deregister", service);
            }
            cluster.settle();
            cluster.pass(Duration.ofSeconds(random.nextInt(100_000)));
        }
        return cluster;
    }

    /** Whatever comes of it. */
    private static void call(FakeCluster cluster, String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + 1);
        all[args.length] = "--no-wait";
        assertThat(Called.on(cluster, all).code()).isIn(0, 4);
    }

    private static List<String> names(Random random, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> prefix + i + "-" + "x".repeat(random.nextInt(60)))
                .toList();
    }
}
