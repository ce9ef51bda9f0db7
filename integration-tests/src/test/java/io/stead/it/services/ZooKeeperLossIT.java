package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ZooKeeper servers are killed under a cluster that runs a web server and a process on each of two nodes. */
final class ZooKeeperLossIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("6s", "n1", "n2", "n3");

    @Test
    void followerKilled_nothingMoves_andTheOperatorIsServed() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n2]");
        CLUSTER.apply(shop, depot);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");

        CLUSTER.servers().kill(CLUSTER.servers().follower());

        CLUSTER.operator().stead("transfer", depot.name(), "--to", "n3").done();
        CLUSTER.witness().awaitOn(depot, "n3");
        assertThat(CLUSTER.witness().processes(shop, "n1"))
                .as("processes of shop, before and after")
                .isEqualTo(before);
    }

    @Test
    void leaderKilled_everyServiceEndsOnOneNode_andTheOperatorIsServed() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n2]");
        CLUSTER.apply(shop, depot);

        CLUSTER.servers().kill(CLUSTER.servers().leader());
        CLUSTER.servers().awaitServing();

        CLUSTER.awaitSettled(shop, depot);
        String there = CLUSTER.others(CLUSTER.witness().awaitOnOne(depot)).getFirst();
        CLUSTER.operator().stead("transfer", depot.name(), "--to", there).done();
        CLUSTER.witness().awaitOn(depot, there);
        CLUSTER.awaitRegistered(depot, there);
        CLUSTER.awaitRegistered(shop, CLUSTER.witness().awaitOnOne(shop));
    }

    @Test
    void leaderKilledInTheMiddleOfAFailover_theServiceIsTakenOver() {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [n1, n2], order: ranked");
        CLUSTER.apply(shop);

        CLUSTER.agent("n1").kill();
        CLUSTER.servers().kill(CLUSTER.servers().leader());

        String there = CLUSTER.witness().awaitElsewhere(shop, "n1");
        CLUSTER.awaitRegistered(shop, there);
    }

    /** Longer than its client waits for a server: that it gives up is not the session's end. */
    @Test
    @Tag("C4")
    void agentRestartedWhileAllServersAreDown_goesOnWithItsSession() {
        Play shop = CLUSTER.stage().web("shop").placed("allow: [n1], policy: all");
        CLUSTER.apply(shop);
        Set<Long> before = CLUSTER.witness().processes(shop, "n1");
        String incarnation = CLUSTER.status().node("n1").orElseThrow().incarnation();

        killAllServers();
        CLUSTER.agent("n1").terminate();
        CLUSTER.start("n1");
        CLUSTER.agent("n1").awaitLog("zookeeper=unreachable");
        CLUSTER.servers().revive();
        CLUSTER.agent("n1").awaitLog("member=resumed");

        assertThat(CLUSTER.status().node("n1").orElseThrow().incarnation()).isEqualTo(incarnation);
        assertThat(CLUSTER.witness().processes(shop, "n1")).isEqualTo(before);
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly("n1");
    }

    /** The lock that its start takes is its stop command's to take away: without that it could never be started again. */
    @Test
    @Tag("A22")
    void stopCutOffAtTheLeasesEnd_isRunAgainOnceTheServersAreBack_andTheServiceStarts() {
        Play shop = CLUSTER.stage().locked("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);

        CLUSTER.stage().hold(shop, "stop");
        killAllServers();
        CLUSTER.stage().awaitBegun(shop, "stop", 1);
        CLUSTER.witness().awaitNowhere(shop);
        CLUSTER.stage().release(shop, "stop");
        CLUSTER.servers().revive();

        CLUSTER.witness().awaitOn(shop, "n1");
        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(commands(shop))
                .containsExactly(
                        "start 1 begin",
                        "start 1 end",
                        "stop 1 begin",
                        "stop 1 begin",
                        "stop 1 end",
                        "start 2 begin",
                        "start 2 end");
    }

    /** By the warden, since its agent slept. That agent finds its session alive, and what it ran gone. */
    @Test
    @Tag("A22")
    void killedByTheWarden_isStoppedByItsCommandOnceTheServersAreBack_andTheServiceStarts() {
        Play shop = CLUSTER.stage().locked("shop").placed("prefer: [n1]");
        CLUSTER.apply(shop);

        CLUSTER.agent("n1").freeze();
        killAllServers();
        CLUSTER.witness().awaitNowhere(shop);
        CLUSTER.servers().revive();
        CLUSTER.agent("n1").thaw();

        CLUSTER.witness().awaitOn(shop, "n1");
        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(commands(shop))
                .containsExactly(
                        "start 1 begin", "start 1 end", "stop 1 begin", "stop 1 end", "start 2 begin", "start 2 end");
    }

    private static void killAllServers() {
        for (int server = 0; server < 3; server++) {
            CLUSTER.servers().kill(server);
        }
    }

    /** Verb, generation and how far it came. */
    private static List<String> commands(Play play) {
        return CLUSTER.stage().calls(play).stream()
                .map(c -> c.verb() + " " + c.generation() + " " + c.end())
                .toList();
    }
}
