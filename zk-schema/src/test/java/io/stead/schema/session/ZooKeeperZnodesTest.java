package io.stead.schema.session;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.Znodes;
import io.stead.schema.znode.ZnodesContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract against real servers: one client at the leader, the other at a follower, both beneath a chroot as always. */
class ZooKeeperZnodesTest extends ZnodesContract {
    private static final AtomicInteger BASES = new AtomicInteger();
    private static final String CHROOT = "/trial";
    private static Ensemble ensemble;

    private final String base = "/base" + BASES.incrementAndGet();
    private Session mine;
    private Session others;

    @BeforeAll
    static void startServers() throws Exception {
        // What is tested is what is answered: a long tick, so that no busy host makes a follower lose its leader.
        ensemble = Ensemble.start(3, Duration.ofSeconds(1));
        try (Session installer = open(ensemble.connect())) {
            get(installer.znodes().write(List.of(new Write.Create(CHROOT, "", Write.Mode.PERSISTENT, Access.LEADER))));
        }
    }

    @AfterAll
    static void stopServers() {
        ensemble.close();
    }

    @BeforeEach
    void connect() throws Exception {
        mine = open(ensemble.connect(ensemble.follower()) + CHROOT);
        others = open(ensemble.connect(ensemble.leader()) + CHROOT);
        get(mine.znodes().write(List.of(new Write.Create(base, "", Write.Mode.PERSISTENT, Access.LEADER))));
    }

    @AfterEach
    void disconnect() {
        mine.close();
        others.close();
    }

    @Override
    protected Znodes mine() {
        return mine.znodes();
    }

    @Override
    protected long mySession() {
        return mine.id();
    }

    @Override
    protected Znodes others() {
        return others.znodes();
    }

    @Override
    protected void endOthers() {
        others.close();
    }

    @Override
    protected String base() {
        return base;
    }

    private static Session open(String connect) throws InterruptedException {
        Session session =
                Session.open(new Session.Settings(connect, Duration.ofSeconds(20), Credentials.OPEN, Optional.empty()));
        session.awaitEstablished(Duration.ofSeconds(20));
        return session;
    }
}
