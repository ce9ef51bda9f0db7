package io.stead.agent.life;

import io.stead.schema.install.EnsembleConf;
import io.stead.schema.lease.LeaseKeeper;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.spec.ConnectString;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the ensemble for its tickTime after each connect (protocols.md, Lease): a rolling restart may have changed it, and none
 * goes by without a connect of ours. Any thread; blocks nobody.
 */
final class TickWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TickWatch.class);

    private final ConnectString zk;
    private final Session session;
    private final LeaseKeeper lease;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean saidTooShort = new AtomicBoolean();

    TickWatch(ConnectString zk, Session session, LeaseKeeper lease) {
        this.zk = zk;
        this.session = session;
        this.lease = lease;
    }

    void ask() {
        if (!(session.state() instanceof SessionState.Connected) || !asking.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("stead-tick").start(() -> {
            try {
                if (EnsembleConf.ask(zk) instanceof EnsembleConf.Tick conf) {
                    lease.tick(conf.largest());
                    sayIfTooShort(conf);
                }
            } finally {
                asking.set(false);
            }
        });
    }

    private void sayIfTooShort(EnsembleConf.Tick conf) {
        Duration least = conf.leastTimeout();
        if (session.timeout().compareTo(least) < 0 && !saidTooShort.getAndSet(true)) {
            LOG.warn(
                    "session={}ms least={}ms tickTime={}ms syncLimit={} consequence=\"when the host of ZooKeeper's"
                        + " leader loses power, exclusive services stop\" mend=\"a smaller tickTime or syncLimit, or a"
                        + " longer zookeeper.session\"",
                    session.timeout().toMillis(),
                    least.toMillis(),
                    conf.largest().toMillis(),
                    conf.syncLimit());
        }
    }
}
