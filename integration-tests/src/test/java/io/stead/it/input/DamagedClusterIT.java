package io.stead.it.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.RawZooKeeper;
import io.stead.it.cluster.Status;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Somebody has written garbage where it is said which nodes there are, what was asked of them, and who leads: no node is taken for
 * lost, and nothing moves, because of it.
 */
final class DamagedClusterIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1", "n2", "n3");

    private static final String GARBAGE = "{\"v\":1,\"node\":";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AfterEach
    void resume() {
        CLUSTER.operator().stead("node", "resume", "n1").done();
    }

    @Test
    void aMemberThatCannotBeRead_keepsWhatItHas_andOthersFailOver() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n2, n3], order: ranked");
        CLUSTER.apply(shop, depot);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        String incarnation = node("n1").incarnation();
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during("/members/n1", _ -> GARBAGE, () -> {
                awaitNamed("/members/n1");
                CLUSTER.agent("n2").kill();
                CLUSTER.witness().awaitOn(depot, "n3");
                assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
            });
        }
        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        assertThat(node("n1").incarnation()).isEqualTo(incarnation);
    }

    /** Nobody can read that it is quiesced: it may be, so it takes nothing. */
    @Test
    void anOverrideThatCannotBeRead_mayBeOneThatQuiesces() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n1, n3], order: ranked");
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        CLUSTER.operator().stead("node", "quiesce", "n1").done();
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during("/overrides/n1", _ -> GARBAGE, () -> {
                awaitNamed("/overrides/n1");
                CLUSTER.applyOnly(depot);
                CLUSTER.witness().awaitOn(depot, "n3");
                assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
            });
        }
        assertThat(node("n1").quiesced()).isTrue();
    }

    /** A node that has left stays out, though nobody can read that it has. */
    @Test
    void transitionsThatCannotBeRead_moveNobody_andGoOnWhenTheyAreMended() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n2]");
        CLUSTER.apply(shop, depot);
        CLUSTER.operator().stead("node", "leave", "n3").done();
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during("/transitions", _ -> GARBAGE, () -> {
                awaitNamed("/transitions");
                awaitLogged("/transitions");
            });
        }
        CLUSTER.operator().stead("transfer", depot.name(), "--to", "n1").done();
        CLUSTER.witness().awaitOn(depot, "n1");
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        assertThat(node("n3").state()).isEqualTo("inactive");
        CLUSTER.operator().stead("node", "join", "n3").done();
    }

    /** Whether somebody mends it or a new leader writes another: it is said, and they lead again. */
    @Test
    void anEpochThatCannotBeRead_movesNothing_andThenSomebodyLeadsAgain() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n2]");
        CLUSTER.apply(shop, depot);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during("/epoch", _ -> GARBAGE, () -> awaitLogged("/epoch"));
        }
        CLUSTER.operator().stead("transfer", depot.name(), "--to", "n1").done();
        CLUSTER.witness().awaitOn(depot, "n1");
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
    }

    private static Status.Node node(String name) {
        return CLUSTER.status().node(name).orElseThrow();
    }

    private static void awaitNamed(String path) {
        await("the operator is told of " + path)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                CLUSTER.operator().stead("status").done().stdout())
                        .contains(path));
    }

    /** Waits until some agent complains of a path. */
    private static void awaitLogged(String path) {
        await("a complaint about " + path)
                .atMost(PATIENCE)
                .until(() -> CLUSTER.others().stream()
                        .flatMap(node -> CLUSTER.agent(node).log().stream())
                        .anyMatch(
                                line -> line.contains(path) && (line.contains(" WARN ") || line.contains(" ERROR "))));
    }
}
