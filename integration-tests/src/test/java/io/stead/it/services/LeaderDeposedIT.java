package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.RawZooKeeper;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A leader is deposed and can't know it: its session lives, but its ZooKeeper server stands still, and so do its view and its
 * transactions. What it decides meanwhile comes too late.
 */
final class LeaderDeposedIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.down("30s", "n1", "n2");

    @Test
    @Tag("A22")
    @Tag("B15")
    @Tag("C1")
    void deposedWhileItsSessionLives_itsLateTransactionChangesNothing() {
        int slow = CLUSTER.servers().follower();
        int quick = CLUSTER.servers().leader();
        Play shop = CLUSTER.stage().web("shop").placed("allow: [n2], maturity: {time: 8s}");
        CLUSTER.applyOnly(shop);
        CLUSTER.start("n1", slow);
        CLUSTER.agent("n1").awaitLog("leader=yes");
        CLUSTER.start("n2", quick);
        CLUSTER.awaitJoined("n1", "n2");

        CLUSTER.servers().freeze(slow);
        try (RawZooKeeper raw = CLUSTER.zooKeeperOfAgents(quick)) {
            raw.delete(latch(raw, "n1"));
            CLUSTER.agent("n2").awaitLog("leader=yes");
            CLUSTER.agent("n2").freeze();
            CLUSTER.agent("n1").awaitLog("decided service " + shop.name() + ": assigned to n2");
            List<String> before = decided(raw, shop);

            CLUSTER.servers().thaw(slow);

            CLUSTER.agent("n1").awaitLog("leader=deposed");
            assertThat(decided(raw, shop)).isEqualTo(before);
            assertThat(CLUSTER.agent("n1").log())
                    .as("its transaction was refused for its epoch, and for nothing else")
                    .noneMatch(line -> line.contains("commit="));
        }
        CLUSTER.agent("n2").thaw();
        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitRegistered(shop, "n2");
        assertThat(CLUSTER.leader()).isEqualTo("n2");
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n2");
    }

    /** A node's place in the queue for the leadership. */
    private static String latch(RawZooKeeper raw, String node) {
        return raw.children("/leader").stream()
                .map(child -> "/leader/" + child)
                .filter(path -> raw.read(path).equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** What the leaders have written of a service, and when they wrote anything at all. */
    private static List<String> decided(RawZooKeeper raw, Play play) {
        return List.of(
                raw.read("/assignments/services/" + play.name()),
                raw.children("/history").stream().sorted().toList().toString());
    }
}
