package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
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
    void agentKilled_theWardenKillsItsServer_andAnotherNodeServes() {
        Play shop = CLUSTER.stage().web("shop").with("recovery").placed("prefer: [n1, n2], order: ranked");
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, "n1");

        CLUSTER.agent("n1").kill();

        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitRegistered(shop, "n2");
        assertThat(CLUSTER.stage().begun(shop, "stop"))
                .as("nobody was left to run the stop command")
                .isEmpty();
        assertThat(ended(shop)).containsExactly("start n1", "recovery n2", "start n2");
    }

    @Test
    @Tag("B20")
    void twoAgentsKilled_theThirdNodeServesEverything() {
        Play shop = CLUSTER.stage().web("shop").with("recovery").placed("prefer: [n1, n2], order: ranked");
        Play depot = CLUSTER.stage().web("depot").with("recovery").placed("prefer: [n2, n1], order: ranked");
        CLUSTER.apply(shop, depot);

        CLUSTER.agent("n1").kill();
        CLUSTER.agent("n2").kill();

        CLUSTER.witness().awaitOn(shop, "n3");
        CLUSTER.witness().awaitOn(depot, "n3");
        CLUSTER.awaitRegistered(shop, "n3");
        CLUSTER.awaitRegistered(depot, "n3");
        assertThat(ended(shop)).containsExactly("start n1", "recovery n3", "start n3");
        assertThat(ended(depot)).containsExactly("start n2", "recovery n3", "start n3");
    }

    @Test
    @Tag("B9")
    void agentFrozenPastItsSession_findsItselfOutWhenItWakes_andJoinsAnew() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1, n2], order: ranked");
        CLUSTER.apply(shop);

        CLUSTER.agent("n1").freeze();
        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.agent("n1").thaw();

        CLUSTER.awaitJoined("n1");
        CLUSTER.awaitRegistered(shop, "n2");
        assertThat(CLUSTER.witness().where(shop)).containsExactly("n2");
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n1").done();
        CLUSTER.witness().awaitOn(shop, "n1");
    }

    @Test
    @Tag("B8")
    @Tag("B9")
    @Tag("B31")
    void forcedOut_aNodeHaltsWhatItRan_andJoinsAnew() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1, n2], order: ranked");
        CLUSTER.apply(shop);

        CLUSTER.operator()
                .stead("node", "force-leave", "n1", "--reason", "it smokes")
                .done();

        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitJoined("n1");
        CLUSTER.awaitRegistered(shop, "n2");
    }

    /** What has ended well, in order. */
    private static List<String> ended(Play play) {
        return CLUSTER.stage().calls(play).stream()
                .filter(c -> c.end().equals("end"))
                .map(c -> c.verb() + " " + c.node())
                .toList();
    }
}
