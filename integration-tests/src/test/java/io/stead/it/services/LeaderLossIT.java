package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.RawZooKeeper;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The leader is lost in the middle of a failover, at every point of it: its successor finishes what it had begun. One node owns a
 * web server, another leads, the third is the spare.
 */
final class LeaderLossIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("2s", "n1", "n2", "n3");

    private record Roles(String leader, String owner, String spare) {
        static Roles now() {
            String leader = CLUSTER.leader();
            List<String> others = CLUSTER.others(leader);
            return new Roles(leader, others.getFirst(), others.getLast());
        }
    }

    @Test
    @Tag("A4")
    void killedTheMomentTheOwnersSessionHasEnded() {
        Roles roles = Roles.now();
        Play shop = shop(roles.owner(), roles.spare());
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            CountDownLatch gone = raw.onDeletion("/members/" + roles.owner(), CLUSTER.agent(roles.leader())::kill);

            CLUSTER.agent(roles.owner()).kill();
            RawZooKeeper.await(gone, "the end of the owner's session");
        }

        CLUSTER.witness().awaitOn(shop, roles.spare());
        CLUSTER.awaitRegistered(shop, roles.spare());
    }

    @Test
    @Tag("A4")
    @Tag("A22")
    void killedWhileTheNewOwnerStarts() {
        Roles roles = Roles.now();
        Play shop = shop(roles.owner(), roles.spare());
        CLUSTER.stage().hold(shop, "start");

        CLUSTER.agent(roles.owner()).kill();
        CLUSTER.stage().awaitBegun(shop, "start", 2);
        CLUSTER.agent(roles.leader()).kill();
        CLUSTER.awaitLeaderOtherThan(roles.leader());
        CLUSTER.stage().release(shop, "start");

        CLUSTER.witness().awaitOn(shop, roles.spare());
        CLUSTER.awaitRegistered(shop, roles.spare());
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly(roles.owner(), roles.spare());
    }

    @Test
    @Tag("A4")
    @Tag("A22")
    void killedWhileItIsTheNewOwnerAndStarts() {
        Roles roles = Roles.now();
        Play shop = shop(roles.owner(), roles.leader());
        CLUSTER.stage().hold(shop, "start", roles.leader());

        CLUSTER.agent(roles.owner()).kill();
        CLUSTER.stage().awaitBegun(shop, "start", 2);
        CLUSTER.agent(roles.leader()).kill();

        CLUSTER.witness().awaitOn(shop, roles.spare());
        CLUSTER.awaitRegistered(shop, roles.spare());
    }

    @Test
    @Tag("A4")
    @Tag("B20")
    void killedWhileTheServiceIsRecovered() {
        Roles roles = Roles.now();
        Play shop = CLUSTER.stage()
                .web("shop")
                .with("recovery")
                .placed("prefer: [%s, %s], order: ranked".formatted(roles.owner(), roles.spare()));
        CLUSTER.apply(shop);
        CLUSTER.stage().hold(shop, "recovery");

        CLUSTER.agent(roles.owner()).kill();
        CLUSTER.stage().awaitBegun(shop, "recovery", 1);
        CLUSTER.agent(roles.leader()).kill();
        CLUSTER.awaitLeaderOtherThan(roles.leader());
        assertThat(CLUSTER.witness().where(shop)).isEmpty();
        CLUSTER.stage().release(shop, "recovery");

        CLUSTER.witness().awaitOn(shop, roles.spare());
        CLUSTER.awaitRegistered(shop, roles.spare());
        assertThat(CLUSTER.stage().begun(shop, "recovery")).containsExactly(roles.spare());
    }

    @Test
    @Tag("A22")
    void frozenPastItsSession_itDecidesNothingWhenItWakes() {
        Roles roles = Roles.now();
        Play shop = shop(roles.leader(), roles.spare());

        CLUSTER.agent(roles.leader()).freeze();
        CLUSTER.witness().awaitOn(shop, roles.spare());
        CLUSTER.agent(roles.leader()).thaw();

        CLUSTER.awaitJoined(roles.leader());
        CLUSTER.awaitRegistered(shop, roles.spare());
        assertThat(CLUSTER.leader()).isNotEqualTo(roles.leader());
        assertThat(CLUSTER.stage().begun(shop, "start")).containsExactly(roles.leader(), roles.spare());
    }

    private static Play shop(String first, String second) {
        Play shop = CLUSTER.stage().web("shop").placed("prefer: [%s, %s], order: ranked".formatted(first, second));
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, first);
        return shop;
    }
}
