package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operators at work on a service, a host, or everything: Stead looks on (C11). */
@Tag("C11")
final class MaintenanceIT {
    private static final String RANKED = "prefer: [n1, n2], order: ranked";
    private static final int REFUSED = 4;

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("2s", "n1", "n2");

    @Test
    void aServiceThatIsKilledByHand_isStartedAnewWhereItWas_whenItsMaintenanceIsOver() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        CLUSTER.apply(shop);

        CLUSTER.operator()
                .stead("maintenance", shop.name(), "--reason", "new disks")
                .done();
        CLUSTER.witness()
                .processes(shop, "n1")
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        CLUSTER.agent("n1").awaitLog("service=" + shop.name() + " generation=1 vanished");

        assertThat(CLUSTER.operator().stead("status").done().stdout()).contains("new disks");
        assertThat(CLUSTER.stage().begun(shop, "stop")).isEmpty();
        CLUSTER.operator().stead("transfer", shop.name()).refused(REFUSED, "maintenance " + shop.name() + " --end");

        CLUSTER.operator().stead("maintenance", shop.name(), "--end").done();
        CLUSTER.witness().awaitOn(shop, "n1");
        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1", "n1");
        assertThat(CLUSTER.status().service(shop.name()).failures()).isEmpty();
    }

    @Test
    void aNodeWhoseAgentDies_keepsItsServicesOnPaper_andNobodyTakesThem() {
        Play shop = CLUSTER.stage().web("shop").with("recovery").placed(RANKED);
        CLUSTER.apply(shop);

        CLUSTER.operator().stead("node", "maintenance", "n1", "--expires", "1h").done();
        CLUSTER.agent("n1").kill();
        CLUSTER.awaitShown(
                "n1 down", s -> assertThat(s.node("n1").orElseThrow().up()).isFalse());

        assertThat(CLUSTER.status().service(shop.name()).toString()).contains("n1");
        assertThat(CLUSTER.stage().begun(shop, "recovery")).isEmpty();
        CLUSTER.operator().stead("node", "maintenance", "n1", "--end").done();
        CLUSTER.awaitRegistered(shop, "n2");
        CLUSTER.start("n1");
        CLUSTER.awaitJoined("n1");
    }

    @Test
    void theWholeCluster_takesUpNothing() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        CLUSTER.operator().stead("maintenance", "--cluster").done();

        CLUSTER.applyOnly(shop);

        assertThat(CLUSTER.operator().stead("explain", shop.name()).done().stdout())
                .contains("the whole cluster is in maintenance");
        CLUSTER.operator().stead("maintenance", "--cluster", "--end").done();
        CLUSTER.awaitRegistered(shop, "n1");
    }
}
