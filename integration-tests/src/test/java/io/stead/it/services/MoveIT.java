package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.Status;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web server that is placed, and moved at the operator's word; never on two nodes. */
final class MoveIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("4s", "n1", "n2", "n3");

    private static final int NOT_FOUND = 3;
    private static final int REFUSED = 4;

    @Test
    @Tag("B13")
    @Tag("B17")
    void applied_itRunsOnItsPreferredNode() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n2, n1], order: ranked");

        CLUSTER.apply(shop);

        assertThat(CLUSTER.witness().where(shop)).containsExactly("n2");
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n2");
        CLUSTER.awaitRegistered(shop, "n2");
    }

    @Test
    @Tag("B18")
    @Tag("B21")
    void transferred_itStopsHereBeforeItStartsThere() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);

        CLUSTER.operator().stead("transfer", shop.name()).done();
        String second = CLUSTER.witness().awaitElsewhere(shop, "n1");
        String third = CLUSTER.others("n1", second).getFirst();
        CLUSTER.operator().stead("transfer", shop.name(), "--to", third).done();

        CLUSTER.witness().awaitOn(shop, third);
        CLUSTER.awaitRegistered(shop, third);
        assertThat(ended(shop))
                .containsExactly("start n1", "stop n1", "start " + second, "stop " + second, "start " + third);
    }

    @Test
    @Tag("B21")
    void restarted_itRunsWhereItWas_withTheActionsOfItsSpec() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n2]");
        CLUSTER.apply(shop);
        Play watched = shop.alsoActing("monitor: {" + shop.played() + ", every: 200ms}");

        assertThat(CLUSTER.operator()
                        .stead("apply", "-f", CLUSTER.file(watched).toString())
                        .done()
                        .stderr())
                .contains("`stead restart " + shop.name() + "`");
        assertThat(CLUSTER.stage().begun(shop, "monitor")).isEmpty();
        CLUSTER.operator().stead("restart", shop.name()).done();

        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.stage().awaitBegun(watched, "monitor", 1);
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n2", "n2");
        assertThat(CLUSTER.stage().begun(shop, "stop")).containsExactly("n2");
    }

    @Test
    void deleted_aNodeIsForgottenWithWhatWasAskedOfIt_andMayComeAgainAsANewOne() {
        CLUSTER.operator().stead("node", "quiesce", "n3").done();
        CLUSTER.operator().stead("delete", "node", "n3").refused(REFUSED, "n3 is up");
        CLUSTER.agent("n3").kill();
        CLUSTER.awaitShown(
                "n3 down",
                s -> assertThat(s.node("n3").orElseThrow())
                        .extracting(Status.Node::up, Status.Node::state)
                        .containsExactly(false, "inactive"));

        CLUSTER.operator().stead("delete", "node", "n3").done();

        assertThat(CLUSTER.status().node("n3")).isEmpty();
        CLUSTER.operator().stead("delete", "node", "n3").refused(NOT_FOUND, "n3");
        CLUSTER.start("n3");
        CLUSTER.awaitShown(
                "n3 up and not quiesced",
                s -> assertThat(s.node("n3"))
                        .hasValueSatisfying(n -> assertThat(n)
                                .extracting(Status.Node::state, Status.Node::quiesced)
                                .containsExactly("joined", false)));
    }

    @Test
    @Tag("B21")
    void drained_aNodeKeepsNothing_andTakesNothing() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n3]");
        Play depot = CLUSTER.stage().idle("depot").placed("prefer: [n3]");
        CLUSTER.apply(shop, depot);

        CLUSTER.operator().stead("node", "drain", "n3", "--reason", "new disks").done();

        CLUSTER.witness().awaitElsewhere(shop, "n3");
        CLUSTER.witness().awaitElsewhere(depot, "n3");
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n3").refused(REFUSED, "n3");
        CLUSTER.operator().stead("node", "resume", "n3").done();
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n3").done();
        CLUSTER.witness().awaitOn(shop, "n3");
    }

    @Test
    @Tag("B1")
    @Tag("B8")
    void aNodeThatLeaves_givesItsServicesAway_andComesBackWhenAsked() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);

        CLUSTER.operator().stead("node", "leave", "n1").done();

        CLUSTER.witness().awaitElsewhere(shop, "n1");
        assertThat(state("n1")).isEqualTo("inactive");
        assertThat(CLUSTER.agent("n1").isAlive()).isTrue();
        CLUSTER.operator().stead("node", "join", "n1").done();
        assertThat(state("n1")).isEqualTo("joined");
    }

    @Test
    @Tag("B24")
    void deregistered_itStops_andStartsAgainWhenRegistered() {
        Play shop = CLUSTER.stage().web("shop");
        CLUSTER.apply(shop);

        CLUSTER.operator().stead("deregister", shop.name()).done();
        assertThat(CLUSTER.witness().where(shop)).isEmpty();
        assertThat(CLUSTER.status().service(shop.name())).hasToString("deregistered []");

        CLUSTER.operator().stead("register", shop.name(), "--node", "n2").done();
        CLUSTER.witness().awaitOn(shop, "n2");
    }

    @Test
    void whatIsNotThere_isNotFound() {
        CLUSTER.operator().stead("transfer", "nothing").refused(NOT_FOUND, "nothing");
        CLUSTER.operator().stead("node", "drain", "n9").refused(NOT_FOUND, "n9");
    }

    private static String state(String node) {
        return CLUSTER.status().node(node).map(Status.Node::state).orElse("unknown");
    }

    /** What has ended well, in order. */
    private static List<String> ended(Play play) {
        return CLUSTER.stage().calls(play).stream()
                .filter(c -> c.end().equals("end"))
                .map(c -> c.verb() + " " + c.node())
                .toList();
    }
}
