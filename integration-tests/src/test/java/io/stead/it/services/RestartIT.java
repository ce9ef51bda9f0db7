package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent is restarted, or killed and started again, before its lease is over: the session is the same, and nothing else happens. */
final class RestartIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("15s", "n1", "n2");

    @Test
    @Tag("C4")
    void restarted_itsServicesRunOnUntouched() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        String incarnation = incarnation("n1");

        CLUSTER.agent("n1").terminate();
        assertThat(CLUSTER.agent("n1").log())
                .anyMatch(line -> line.contains("stop=asked running=[" + shop.name() + "]"));
        CLUSTER.start("n1");
        CLUSTER.agent("n1").awaitLog("member=resumed");

        assertThat(incarnation("n1")).isEqualTo(incarnation);
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();
        CLUSTER.witness().awaitOn(shop, "n2");
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1", "n2");
    }

    @Test
    @Tag("C4")
    void replacedByAnother_itsServicesRunOnUntouched() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        String incarnation = incarnation("n1");

        for (int i = 0; i < 3; i++) {
            CLUSTER.agent("n1").replace();
            CLUSTER.agent("n1").awaitLog("member=resumed");
        }

        assertThat(incarnation("n1")).isEqualTo(incarnation);
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();
        CLUSTER.witness().awaitOn(shop, "n2");
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1", "n2");
    }

    @Test
    @Tag("A22")
    @Tag("C4")
    void killedWhileAServiceStarts_theNextAgentWaitsForThatVeryStart() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.stage().hold(shop, "start");
        CLUSTER.applyOnly(shop);
        CLUSTER.stage().awaitBegun(shop, "start", 1);

        CLUSTER.agent("n1").kill();
        CLUSTER.start("n1");
        CLUSTER.agent("n1").awaitLog("resume=start service=" + shop.name());
        CLUSTER.stage().release(shop, "start");

        CLUSTER.witness().awaitOn(shop, "n1");
        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1");
    }

    @Test
    @Tag("A4")
    @Tag("C4")
    void theLeaderRestarts_andDecidesOn() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n1]");
        CLUSTER.apply(shop, depot);
        String leader = CLUSTER.leader();
        Set<Long> before = CLUSTER.witness().processes(depot, "n1");

        CLUSTER.agent(leader).kill();
        CLUSTER.start(leader);
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();

        CLUSTER.witness().awaitOn(shop, "n2");
        assertThat(CLUSTER.witness().processes(depot, "n1")).isEqualTo(before);
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1", "n2");
    }

    private static String incarnation(String node) {
        return CLUSTER.status().node(node).orElseThrow().incarnation();
    }
}
