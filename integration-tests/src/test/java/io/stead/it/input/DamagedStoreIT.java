package io.stead.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.RawZooKeeper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody has written garbage into a znode: its own service freezes as it is, and is named; all others work on. */
final class DamagedStoreIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1", "n2");

    private static final int REFUSED = 4;
    private static final String GARBAGE = "{\"v\":1,\"service\":";

    @Test
    void anAssignmentThatCannotBeRead_freezesItsServiceAlone() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n1]");
        CLUSTER.apply(shop, depot);
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            damage(raw, "/assignments/services/" + shop.name(), shop, depot);
        }
    }

    @Test
    void aSpecThatCannotBeRead_freezesItsServiceAlone() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n1]");
        CLUSTER.apply(shop, depot);
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            damage(raw, "/specs/services/" + shop.name(), shop, depot);
        }
    }

    private static void damage(RawZooKeeper raw, String path, Play shop, Play depot) {
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        raw.during(path, text -> GARBAGE, () -> {
            CLUSTER.awaitShown(
                    "the damage",
                    status -> assertThat(status.json().get("unreadable").toString())
                            .contains(path));
            CLUSTER.operator().stead("transfer", shop.name()).refused(REFUSED, path);
            CLUSTER.operator().stead("transfer", depot.name(), "--to", "n2").done();
            CLUSTER.witness().awaitOn(depot, "n2");
            assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        });
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();
        CLUSTER.witness().awaitOn(shop, "n2");
    }
}
