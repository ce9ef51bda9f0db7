package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Agent and warden watch each other: the rows of the table in docs/guarantees.md, on real processes. */
@Tag("A22")
final class WardenIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("4s", "n1", "n2", "n3");

    private final Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1, n2], order: ranked");

    @Test
    void wardenKilled_anotherTakesItsPlace_andTheServiceRunsOn() {
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        long killed = CLUSTER.warden("n1").pid();

        CLUSTER.warden("n1").kill();

        CLUSTER.warden("n1").awaitOtherThan(killed);
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        theWardenOfNowKillsForAnAgentThatDies();
    }

    @Test
    void wardenStopped_anotherTakesItsPlace_andTheServiceRunsOn() {
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        long stopped = CLUSTER.warden("n1").pid();

        CLUSTER.warden("n1").freeze();

        CLUSTER.warden("n1").awaitOtherThan(stopped);
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        theWardenOfNowKillsForAnAgentThatDies();
    }

    private void theWardenOfNowKillsForAnAgentThatDies() {
        CLUSTER.agent("n1").kill();
        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitRegistered(shop, "n2");
    }

    @Test
    void wardenKilled_andNoOtherCanBeStarted_theServiceIsStopped_andStartedElsewhere() {
        CLUSTER.apply(shop);
        CLUSTER.warden("n1").barTheNext();

        CLUSTER.warden("n1").kill();

        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitRegistered(shop, "n2");
        assertThat(CLUSTER.agent("n1").isAlive()).isTrue();
        assertThat(CLUSTER.stage().begun(shop, "stop")).contains("n1");
        CLUSTER.awaitShown(
                "not ok",
                status -> assertThat(status.node("n1").orElseThrow().ok()).isFalse());
        CLUSTER.warden("n1").letTheNextCome();
        CLUSTER.awaitShown(
                "ok", status -> assertThat(status.node("n1").orElseThrow().ok()).isTrue());
    }

    @Test
    void agentStoppedForLessThanItsLease_nothingMoves() throws InterruptedException {
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");

        CLUSTER.agent("n1").freeze();
        Thread.sleep(1_000);
        CLUSTER.agent("n1").thaw();

        CLUSTER.operator().stead("status").done();
        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1");
    }

    @Test
    void bothKilledAndTheAgentStartedInTime_theServiceRunsOn_underAnotherWarden() {
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        long killed = CLUSTER.warden("n1").pid();

        CLUSTER.agent("n1").kill();
        CLUSTER.warden("n1").kill();
        CLUSTER.start("n1");
        CLUSTER.agent("n1").awaitLog("member=resumed");

        CLUSTER.warden("n1").awaitOtherThan(killed);
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        theWardenOfNowKillsForAnAgentThatDies();
    }
}
