package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.Status;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web server whose node crashes, hangs or is forced out: another node serves it, and at no time do two. */
final class FailoverIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("2s", "n1", "n2", "n3");

    @Test
    @Tag("B20")
    @Tag("A4")
    void agentKilled_itsServiceIsKilledByTheWarden_andTakenOver() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1, n2], order: ranked");
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, "n1");

        CLUSTER.agent("n1").kill();

        CLUSTER.witness().awaitOn(shop, "n2");
        assertRegistered(shop, "n2");
        System.out.println("gap " + CLUSTER.witness().lastGap(shop));
    }

    private static void assertRegistered(Play play, String node) {
        Status.Service service = CLUSTER.status().service(play.name());
        assertThat(service.toString()).isEqualTo("registered " + List.of(node));
    }
}
