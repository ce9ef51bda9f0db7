package io.stead.it.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.RawZooKeeper;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody has written garbage into a znode. What it is about stays as it is, and is named; all others work on, through the loss of
 * a node, too. What a node says of itself it may say again, and so mend it.
 */
final class DamagedStoreIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1", "n2", "n3");

    private static final int REFUSED = 4;
    private static final String GARBAGE = "{\"v\":1,\"service\":";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AfterEach
    void resume() {
        CLUSTER.operator().stead("node", "resume", "n1").done();
    }

    /** n1 is quiesced and runs {@code shop}; the damage is to n1 or to {@code shop}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/status/n1",
                "/reports/n1",
                "/holdings/services/SHOP/n1",
                "/assignments/services/SHOP",
                "/specs/services/SHOP"
            })
    void aZnodeThatCannotBeRead_freezesItsOwnAlone(String pattern) {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n2, n3], order: ranked");
        Play office = CLUSTER.stage().web("office").placed("prefer: [n1, n3], order: ranked");
        CLUSTER.apply(shop, depot);
        CLUSTER.operator().stead("node", "quiesce", "n1").done();
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        String path = pattern.replace("SHOP", shop.name());
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during(path, _ -> GARBAGE, () -> {
                awaitNamedOrMended(raw, path);
                CLUSTER.agent("n2").kill();
                CLUSTER.witness().awaitOn(depot, "n3");
                CLUSTER.applyOnly(office);
                CLUSTER.witness().awaitOn(office, "n3");
                assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
            });
        }
        CLUSTER.awaitRegistered(depot, "n3");
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n3").done();
        CLUSTER.witness().awaitOn(shop, "n3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assignments/services/", "/specs/services/"})
    void aServiceThatCannotBeRead_takesNoOrders(String parent) {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);
        String path = parent + shop.name();
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during(
                    path,
                    _ -> GARBAGE,
                    () -> CLUSTER.operator().stead("transfer", shop.name()).refused(REFUSED, path));
        }
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();
        CLUSTER.witness().awaitOn(shop, "n2");
    }

    /** Nobody's request, and the answer to none. */
    @ParameterizedTest
    @ValueSource(strings = {"/requests", "/answers"})
    void aRequestOrAnswerThatCannotBeRead_keepsNoOtherWaiting(String parent) {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);
        String path = parent + "/garbage";
        try (RawZooKeeper raw = parent.equals("/answers") ? CLUSTER.zooKeeperOfAgents() : CLUSTER.zooKeeper()) {
            raw.create(path, GARBAGE);
            try {
                awaitNamedOrMended(raw, path);
                CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();
                CLUSTER.witness().awaitOn(shop, "n2");
            } finally {
                raw.delete(path);
            }
        }
    }

    private static void awaitNamedOrMended(RawZooKeeper raw, String path) {
        await("somebody names or mends " + path)
                .atMost(PATIENCE)
                .until(() -> !raw.read(path).equals(GARBAGE)
                        || CLUSTER.operator().stead("status").done().stdout().contains(path));
    }
}
