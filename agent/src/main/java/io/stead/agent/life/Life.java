package io.stead.agent.life;

import io.stead.agent.config.AgentConfig;
import io.stead.agent.leader.LeaderDuty;
import io.stead.agent.loop.Mailbox;
import io.stead.agent.node.NodeDuty;
import io.stead.agent.node.NodeFiles;
import io.stead.model.Incarnation;
import io.stead.model.Now;
import io.stead.model.Spans;
import io.stead.reconcile.Lease;
import io.stead.schema.layout.Layout;
import io.stead.schema.lease.LeaseKeeper;
import io.stead.schema.lease.OutageWatch;
import io.stead.schema.servers.Refusals;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.store.NodeStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the node: one session, from its first connect to its end. {@link #live} is the deciding thread's loop.
 */
public final class Life implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Life.class);
    private static final int TICKS_PER_TIMEOUT = 4;
    private static final Duration TURN = Duration.ofSeconds(1);
    /** An orderly stop is a courtesy, and a lease that is renewed late is no rarity: the courtesy begins late, too. */
    private static final int LOW_PER_TIMEOUT = 8;

    private final AgentConfig config;
    private final Session session;
    private final Incarnation incarnation;
    private final Mailbox mailbox;
    private final Stopping stopping;
    private final NodeFiles files;
    private final NodeStore store;
    private final NodeDuty node;
    private final Enlistment enlistment;
    private final Rounds rounds;
    private final WardenWatch warden;
    private final LeaseKeeper lease;
    private final TickWatch tick;
    private final OutageWatch outage;
    private final OptionalLong inheritedLeaseNanos;
    /** Until the first look at what the store says of a life that an earlier process lived. */
    private boolean resumed;

    /** Where no lease was ever earned or inherited it was over from the beginning. */
    private final long bornNanos = System.nanoTime();

    private final Unreachable unreachable;

    private @Nullable LeaderDuty leader;
    private volatile long tickedNanos = System.nanoTime();
    private volatile LeaseKeeper.@Nullable Over leaseLost;

    /** How a life ends. */
    public sealed interface End {
        /**
         * The session is over, or is to be: halt, and begin another.
         *
         * @param isOthers whether somebody else goes on with the session, so that it is not ours to end
         */
        record Again(String why, boolean isOthers) implements End {
            Again(String why) {
                this(why, false);
            }
        }

        /** The agent stops; whether the session is ended or left for another process. */
        record Stop(boolean endSession) implements End {}

        /** It can't go on at all. */
        record Fatal(Trouble trouble) implements End {}
    }

    /** @param resumed whether an earlier process lived this life: what runs, runs on under the lease it had */
    public Life(
            AgentConfig config,
            String bootId,
            Session session,
            Duration tick,
            NodeFiles files,
            Mailbox mailbox,
            Stopping stopping,
            boolean resumed)
            throws IOException, InterruptedException {
        this.config = config;
        this.session = session;
        this.incarnation = new Incarnation(session.id());
        this.mailbox = mailbox;
        this.stopping = stopping;
        this.files = files;
        this.unreachable = Unreachable.inAWhile(config.zookeeper().connect().hosts(), System.nanoTime());
        this.warden = new WardenWatch(files.warden());
        long zxid = session.saved().map(s -> s.zxid()).orElse(0L);
        this.store = new NodeStore(config.node(), incarnation, session.znodes(), zxid, mailbox::wake);
        this.resumed = resumed;
        this.inheritedLeaseNanos = resumed ? files.warden().deadlineNanos() : OptionalLong.empty();
        this.node = resumed ? files.resume(incarnation, store, mailbox) : files.begin(incarnation, store, mailbox);
        this.enlistment = new Enlistment(config, bootId, session, store, warden, mailbox);
        this.rounds = new Rounds(node, warden);
        this.lease = new LeaseKeeper(
                session.znodes(),
                Layout.lease(config.node()),
                session::saved,
                tick,
                () -> tickedNanos,
                new LeaseListener());
        this.tick = new TickWatch(config.zookeeper().connect(), session, lease);
        this.outage = new OutageWatch(
                session,
                lease,
                switch (config.zookeeper().outage()) {
                    case STRICT -> Refusals.PROVE_NOTHING;
                    case TRUST_REFUSED -> Refusals.TRUSTED;
                });
        session.onChange(this::sessionChanged);
    }

    private void sessionChanged() {
        lease.look();
        outage.look();
        mailbox.wake();
        tick.ask();
    }

    /** Lives until the session ends or the agent is to stop. The deciding thread. */
    public End live() throws InterruptedException {
        lease.start();
        outage.start();
        tick.ask();
        rounds.start();
        while (true) {
            tick();
            Now now = new Now(Instant.now(), System.nanoTime());
            unreachable.look(!(session.state() instanceof SessionState.Suspended), now.nanos());
            Optional<End> end = end(now);
            if (end.isPresent()) {
                return end.get();
            }
            if (session.state() instanceof SessionState.Gone) {
                mailbox.attend(node.turn(leaseNow(), now));
                continue;
            }
            Duration tick = Spans.part(session.timeout(), TICKS_PER_TIMEOUT);
            // At rest it only shows that it lives: a turn costs more than all that is renewed meanwhile.
            Duration next = enlistment.isDone() && !warden.isMissed() ? TURN : tick;
            if (enlistment.isDone()) {
                if (resumed && store.view().isPresent()) {
                    resumed = false;
                    if (enlistment.hasLeft()) {
                        // It stays out for the rest of its life; a restart of its agent is a new one (design.md §7).
                        return new End.Again("the node had left, and its agent's restart lets it join anew");
                    }
                }
                next = least(next, node.turn(leaseNow(), now));
                next = least(next, lead().turn(now));
                enlistment.say(isLeaving(), now);
            } else {
                enlistment.enlist(isLeaving());
            }
            mailbox.attend(next, tick, this::tick);
        }
    }

    private void tick() {
        tickedNanos = System.nanoTime();
    }

    /** For how long the deciding thread has shown no sign. Any thread. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - tickedNanos);
    }

    public Duration timeout() {
        return session.timeout();
    }

    @Override
    public void close() {
        node.close();
        rounds.close();
        lease.close();
        outage.close();
        LeaderDuty duty = leader;
        if (duty != null) {
            duty.close();
        }
        store.close();
    }

    private Optional<End> end(Now now) {
        if (session.state() instanceof SessionState.Gone gone) {
            // What has a stop-grace stops in order, as long as that lasts; the leader waits for it, too.
            boolean stops = stopping.asked() == Stopping.How.NO && node.local().isStoppingInGrace(leaseNow(), now);
            return stops ? Optional.empty() : Optional.of(new End.Again("the session is over: " + gone.why()));
        }
        LeaseKeeper.Over lost = leaseLost;
        Optional<End> end = lost == null ? Optional.empty() : end(lost);
        if (end.isPresent()) {
            return end;
        }
        if (enlistment.isDeleted()) {
            // Made again it would be a life that the leader has given up already.
            return Optional.of(new End.Again("somebody deleted the member of this node"));
        }
        if (node.ending().isPresent()) {
            return Optional.of(new End.Again(node.ending().get()));
        }
        Optional<Trouble> trouble = enlistment.trouble(now);
        if (trouble.isPresent()) {
            return Optional.of(new End.Fatal(trouble.get()));
        }
        return switch (stopping.asked()) {
            case NO -> Optional.empty();
            case KEEP -> Optional.of(new End.Stop(false));
            case HALT -> Optional.of(new End.Stop(true));
            case LEAVE -> enlistment.hasLeft() ? Optional.of(new End.Stop(true)) : Optional.empty();
        };
    }

    private static Optional<End> end(LeaseKeeper.Over lost) {
        return switch (lost) {
            // The session's own word is waited for: until then what has a stop-grace stops in order.
            case SESSION_GONE -> Optional.empty();
            case TAKEN ->
                Optional.of(new End.Again(
                        "another process goes on with this session: the data directory or the whole machine was copied",
                        true));
            case FAILED -> Optional.of(new End.Again("the lease can't be renewed, for its keeper has failed"));
            case DELETED -> Optional.of(new End.Again("somebody deleted the lease of this node"));
        };
    }

    private boolean isLeaving() {
        return stopping.asked() == Stopping.How.LEAVE;
    }

    private LeaderDuty lead() {
        LeaderDuty known = leader;
        if (known == null) {
            known = new LeaderDuty(config.node(), session, mailbox);
            leader = known;
        }
        return known;
    }

    /**
     * Until the first renewal a resumed life holds under the lease that the process before it earned, to its very end: that it is
     * low says nothing of ZooKeeper, and the renewal is on its way.
     */
    private Lease leaseNow() {
        OptionalLong earned = lease.endNanos();
        Duration low = earned.isPresent() ? Spans.part(session.timeout(), LOW_PER_TIMEOUT) : Duration.ZERO;
        long end = earned.isPresent() ? earned.getAsLong() : inheritedLeaseNanos.orElse(bornNanos);
        return new Lease(warden.guarded(end), end, low);
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private final class LeaseListener implements LeaseKeeper.Listener {
        @Override
        public void moved(long endNanos) {
            try {
                files.warden().moveDeadline(endNanos);
                warden.told();
            } catch (IOException e) {
                warden.untold();
                // The warden kills at the deadline it knows: safe, and loud enough.
                LOG.error("warden=untold reason=\"{}\"", e.getMessage());
            }
        }

        @Override
        public void unanswered() {
            session.doubt();
            outage.look();
        }

        @Override
        public void answered() {
            session.trust();
        }

        @Override
        public void over(LeaseKeeper.Over why) {
            leaseLost = why;
            mailbox.wake();
        }
    }
}
