package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is run when: start, stop, notify and recovery, when they work, when they fail, and when they take too long. */
final class ActionsIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1", "n2", "n3");

    private static final String RANKED = "prefer: [n1, n2, n3], order: ranked";

    @Test
    @Tag("B17")
    void startFails_theNextNodeIsTried_andTheFailureIsShown() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        CLUSTER.stage().fail(shop, "start", "n1");

        CLUSTER.apply(shop);

        CLUSTER.witness().awaitOn(shop, "n2");
        awaitEnded(shop, "start n1 failed", "stop n1 end", "start n2 end");
        assertThat(CLUSTER.status().service(shop.name()).failures().get("n1"))
                .contains("exit status 9")
                .contains("told to fail");
    }

    @Test
    @Tag("B17")
    void startTakesTooLong_itIsKilled_andTheNextNodeIsTried() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED).limited("2s");
        CLUSTER.stage().hold(shop, "start", "n1");

        CLUSTER.apply(shop);

        CLUSTER.witness().awaitOn(shop, "n2");
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEmpty();
        assertThat(CLUSTER.status().service(shop.name()).failures().get("n1"))
                .containsPattern("took too long and was killed after \\d+\\.\\d s");
    }

    @Test
    @Tag("B17")
    @Tag("C11")
    void startFailsEverywhere_itIsTriedAgain_andClearingSpeedsItUp() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        CLUSTER.stage().fail(shop, "start");
        CLUSTER.applyOnly(shop);
        CLUSTER.stage().awaitBegun(shop, "start", 4);
        CLUSTER.stage().mend(shop, "start");

        CLUSTER.operator().stead("clear", shop.name()).done();

        CLUSTER.awaitRegistered(shop, CLUSTER.witness().awaitOnOne(shop));
        assertThat(CLUSTER.stage().begun(shop, "start")).contains("n1", "n2", "n3");
    }

    @Test
    @Tag("C11")
    void failsToItsLimitOnEveryNode_itIsGivenUp_saidSo_andTakenUpAgainWhenCleared() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED).key("failures: {restarts: 1, limit: 2}");
        CLUSTER.stage().fail(shop, "start");
        CLUSTER.applyOnly(shop);
        CLUSTER.awaitShown("failed", status -> {
            assertThat(status.service(shop.name())).hasToString("failed []");
            assertThat(status.service(shop.name()).reason())
                    .contains("given up: it failed 2 times or more on every able node")
                    .contains("stead clear " + shop.name());
        });
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1", "n1", "n2", "n2", "n3", "n3");
        CLUSTER.stage().mend(shop, "start");

        CLUSTER.operator().stead("clear", shop.name()).done();

        CLUSTER.witness().awaitOn(shop, "n1");
        CLUSTER.awaitRegistered(shop, "n1");
    }

    @Test
    @Tag("B18")
    void stopFails_nothingStartsElsewhereUntilTheOperatorConfirms() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        CLUSTER.apply(shop);
        CLUSTER.stage().fail(shop, "stop", "n1");

        CLUSTER.operator().stead("transfer", shop.name(), "--no-wait").done();
        CLUSTER.awaitShown("blocked", status -> {
            assertThat(status.service(shop.name())).hasToString("stopping [n1] T");
            assertThat(status.service(shop.name()).reason()).contains("blocked").contains("n1");
        });
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1");
        CLUSTER.operator().stead("clear", shop.name(), "--confirm-stopped").done();

        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitRegistered(shop, "n2");
    }

    @Test
    @Tag("B17")
    void theServiceDiesByItself_itIsStartedElsewhere() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        CLUSTER.apply(shop);

        CLUSTER.witness()
                .processes(shop, "n1")
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitRegistered(shop, "n2");
        awaitEnded(shop, "start n1 end", "stop n1 end", "start n2 end");
    }

    @Test
    @Tag("B20")
    void agentKilled_theServiceIsRecoveredBeforeItIsStartedAgain() {
        Play shop = CLUSTER.stage().web("shop").with("recovery").placed(RANKED);
        CLUSTER.apply(shop);

        CLUSTER.agent("n1").kill();

        CLUSTER.witness().awaitOn(shop, "n2");
        awaitEnded(shop, "start n1 end", "recovery n2 end", "start n2 end");
        assertThat(CLUSTER.stage().calls(shop))
                .filteredOn(c -> c.verb().equals("recovery"))
                .extracting(Stage.Call::holder)
                .containsOnly("n1");
    }

    @Test
    @Tag("B20")
    void recoveryFails_theNextNodeRunsIt() {
        Play shop = CLUSTER.stage().web("shop").with("recovery").placed(RANKED);
        CLUSTER.apply(shop);
        CLUSTER.stage().fail(shop, "recovery", "n2");

        CLUSTER.agent("n1").kill();

        CLUSTER.witness().awaitOn(shop, "n2");
        awaitEnded(shop, "start n1 end", "recovery n2 failed", "recovery n3 end", "start n2 end");
    }

    @Test
    @Tag("B8")
    @Tag("B20")
    void noAbleNodeIsLeft_theRecoveryStaysOwed_andTheFirstThatJoinsPaysIt() {
        Play shop =
                CLUSTER.stage().web("shop").with("recovery").placed("allow: [n1, n2], prefer: [n1, n2], order: ranked");
        CLUSTER.apply(shop);
        CLUSTER.agent("n2").kill();
        CLUSTER.agent("n1").kill();

        CLUSTER.awaitShown("owed", status -> {
            assertThat(status.service(shop.name()).state()).isEqualTo("recovering");
            assertThat(status.service(shop.name()).reason()).contains("owed");
            assertThat(status.node("n1"))
                    .hasValueSatisfying(n -> assertThat(n.state()).isEqualTo("inactive"));
        });
        CLUSTER.start("n2");

        CLUSTER.witness().awaitOn(shop, "n2");
        awaitEnded(shop, "start n1 end", "recovery n2 end", "start n2 end");
    }

    @Test
    @Tag("B19")
    void everyOtherNodeIsNotifiedOnce_andSoIsOneThatJoinsLater() {
        CLUSTER.agent("n3").kill();
        Play shop = CLUSTER.stage().idle("shop").with("notify").placed(RANKED);
        CLUSTER.apply(shop);
        CLUSTER.stage().awaitBegun(shop, "notify", 1);
        CLUSTER.start("n3");
        CLUSTER.stage().awaitBegun(shop, "notify", 2);

        assertThat(CLUSTER.stage().begun(shop, "notify")).containsExactly("n2", "n3");
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n3").done();
        CLUSTER.stage().awaitBegun(shop, "notify", 4);
        assertThat(CLUSTER.stage().begun(shop, "notify").subList(2, 4)).containsExactlyInAnyOrder("n1", "n2");
        assertThat(CLUSTER.stage().calls(shop))
                .filteredOn(c -> c.verb().equals("notify") && c.node().equals("n1"))
                .extracting(Stage.Call::holder)
                .containsOnly("n3");
    }

    /** Waits until these calls have come to an end, in this order, and no others. */
    private static void awaitEnded(Play play, String... calls) {
        await("ended calls")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(CLUSTER.stage().calls(play))
                        .filteredOn(c -> !c.end().equals("begin"))
                        .extracting(c -> c.verb() + " " + c.node() + " " + c.end())
                        .containsExactly(calls));
    }
}
