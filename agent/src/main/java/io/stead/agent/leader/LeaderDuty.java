package io.stead.agent.leader;

import io.stead.agent.loop.Mailbox;
import io.stead.audit.Audit;
import io.stead.audit.Entry;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.view.ClusterView;
import io.stead.model.view.Unreadable;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import io.stead.schema.session.Latch;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.store.CommitResult;
import io.stead.schema.store.LeaderStore;
import io.stead.schema.store.Office;
import io.stead.schema.store.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads while elected (A4, B15): takes office by bumping the epoch, then plans at every change and commits. Election alone
 * permits nothing; each transaction checks the epoch (C1).
 */
public final class LeaderDuty implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderDuty.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(200);
    /** What ZooKeeper will never take is decided again at the next change, or when somebody may have mended it. */
    private static final Duration AFTER_A_FINAL_REFUSAL = Duration.ofSeconds(10);

    private final NodeId me;
    private final Session session;
    private final Mailbox mailbox;
    private final AtomicBoolean changed = new AtomicBoolean();

    private Latch latch;
    private @Nullable LeaderStore store;
    private Optional<Office> office = Optional.empty();
    private Observations seen = Observations.NONE;
    private boolean busy;
    private String refused = "";
    private long dueNanos;

    public LeaderDuty(NodeId me, Session session, Mailbox mailbox) {
        this.me = me;
        this.session = session;
        this.mailbox = mailbox;
        this.latch = stand();
    }

    private Latch stand() {
        Latch next = new Latch(session, me, mailbox::wake);
        next.start();
        return next;
    }

    /** Plans and commits where this node leads; returns when to look again at the latest. */
    public Duration turn(Now now) {
        if (!latch.isLeader()) {
            stepDown();
            return IDLE;
        }
        if (!(session.state() instanceof SessionState.Connected)) {
            // Nothing new is begun; the office is kept, and the epoch tells whether it still is one.
            return IDLE;
        }
        LeaderStore current = open();
        if (busy) {
            return IDLE;
        }
        if (office.isEmpty()) {
            takeOffice(current);
            return IDLE;
        }
        if (!changed.getAndSet(false) && now.nanos() - dueNanos < 0) {
            return Duration.ofNanos(dueNanos - now.nanos());
        }
        dueNanos = now.nanos() + IDLE.toNanos();
        return current.snapshot()
                .map(snapshot -> decide(current, office.get(), snapshot, now))
                .orElse(IDLE);
    }

    private LeaderStore open() {
        LeaderStore known = store;
        if (known != null) {
            return known;
        }
        LeaderStore opened = new LeaderStore(
                me, session.znodes(), session.saved().map(s -> s.zxid()).orElse(0L), this::changed);
        store = opened;
        return opened;
    }

    private void changed() {
        changed.set(true);
        mailbox.wake();
    }

    private void takeOffice(LeaderStore current) {
        busy = true;
        mailbox.deliver(current.takeOffice(), taken -> {
            busy = false;
            if (store == current) {
                office = taken;
                seen = Observations.NONE;
                changed.set(true);
                taken.ifPresent(o -> LOG.info("leader=yes epoch={}", o.epoch().number()));
            }
        });
    }

    private Duration decide(LeaderStore current, Office holder, Snapshot snapshot, Now now) {
        ClusterView view = snapshot.view();
        int order = view.epoch().compareTo(holder.epoch());
        Optional<Unreadable> obstacle = snapshot.obstacle();
        obstacle.ifPresent(o -> LOG.error(
                "plan=none path={} reason=\"{}\" consequence=\"nothing is decided until it has been mended\"",
                o.path(),
                o.why()));
        if (order > 0 || snapshot.isUnderAnotherEpoch(holder)) {
            deposed();
            return IDLE;
        }
        if (obstacle.isPresent()) {
            return IDLE;
        }
        if (order < 0) {
            return IDLE;
        }
        seen = seen.see(view, now);
        Plan plan = Planner.plan(view, seen, now);
        if (!plan.isEmpty()) {
            List<Entry> entries = Audit.between(view, plan.appliedTo(view), plan.why(), now);
            entries.forEach(e -> LOG.info("decided {}", e));
            busy = true;
            mailbox.deliver(current.commit(holder, snapshot, plan, entries), result -> committed(current, result));
        }
        Duration next = plan.reconsiderIn().orElse(IDLE);
        dueNanos = now.nanos() + next.toNanos();
        return next;
    }

    private void committed(LeaderStore current, CommitResult result) {
        busy = false;
        if (store != current) {
            return;
        }
        switch (result) {
            case CommitResult.Committed _ -> {
                refused = "";
                changed.set(true);
            }
            case CommitResult.Stale stale -> {
                LOG.info("commit=stale path={}", stale.path());
                pause(AFTER_A_REFUSAL);
            }
            case CommitResult.Unknown unknown -> {
                LOG.warn("commit=unknown reason=\"{}\"", unknown.why());
                pause(AFTER_A_REFUSAL);
            }
            case CommitResult.Refused no -> {
                if (!no.why().equals(refused)) {
                    LOG.error("commit=refused reason=\"{}\"", no.why());
                }
                refused = no.why();
                pause(AFTER_A_FINAL_REFUSAL);
            }
            case CommitResult.Deposed _ -> deposed();
        }
    }

    /** The mirror reads again; until it has, deciding upon the same view would end the same way. */
    private void pause(Duration span) {
        dueNanos = System.nanoTime() + span.toNanos();
    }

    private void deposed() {
        LOG.warn("leader=deposed");
        stepDown();
        latch.close();
        latch = stand();
    }

    private void stepDown() {
        LeaderStore known = store;
        if (known != null) {
            LOG.info("leader=no");
            known.close();
        }
        store = null;
        office = Optional.empty();
        seen = Observations.NONE;
    }

    /** Stands back, so that another is elected at once. */
    @Override
    public void close() {
        stepDown();
        latch.close();
    }
}
