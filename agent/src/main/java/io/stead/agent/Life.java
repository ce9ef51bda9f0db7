package io.stead.agent;

import io.stead.agent.config.AgentConfig;
import io.stead.agent.leader.LeaderDuty;
import io.stead.agent.loop.Mailbox;
import io.stead.agent.node.NodeDuty;
import io.stead.agent.node.NodeFiles;
import io.stead.model.Incarnation;
import io.stead.model.Now;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.NodeStatus;
import io.stead.reconcile.Lease;
import io.stead.schema.install.EnsembleConf;
import io.stead.schema.layout.Layout;
import io.stead.schema.lease.LeaseKeeper;
import io.stead.schema.lease.OutageWatch;
import io.stead.schema.servers.Refusals;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.store.NodeStore;
import io.stead.schema.znode.WriteOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the node: one session, from its first connect to its end. {@link #live} is the deciding thread's loop.
 */
final class Life implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Life.class);
    private static final Duration LOOK_FOR_LOST = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofMinutes(1);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(1);
    private static final int TICKS_PER_TIMEOUT = 4;
    /** An orderly stop is a courtesy, and a lease that is renewed late is no rarity: the courtesy begins late, too. */
    private static final int LOW_PER_TIMEOUT = 8;
    /** How many of its own time-outs a member of another session is waited for. */
    private static final int PATIENCE_TIMEOUTS = 3;

    private final AgentConfig config;
    private final String bootId;
    private final Session session;
    private final Incarnation incarnation;
    private final Mailbox mailbox;
    private final Stopping stopping;
    private final NodeFiles files;
    private final NodeStore store;
    private final NodeDuty node;
    private final LeaseKeeper lease;
    private final OutageWatch outage;
    private final OptionalLong inheritedLeaseNanos;
    /** Until the first look at what the store says of a life that an earlier process lived. */
    private boolean resumed;

    private final Performance performance = new Performance();
    /** Where no lease was ever earned or inherited it was over from the beginning. */
    private final long bornNanos = System.nanoTime();

    private final Unreachable unreachable;
    private long connectedSinceNanos = System.nanoTime();

    private @Nullable LeaderDuty leader;
    private boolean enlisted;
    private boolean enlisting;
    private boolean refused;
    private boolean saying;
    private long sayAgainNanos = System.nanoTime();
    private long lookedNanos = System.nanoTime();
    private long tidiedNanos = System.nanoTime();
    private volatile long tickedNanos = System.nanoTime();
    private final WardenWatch warden;
    private final AtomicBoolean askingForTick = new AtomicBoolean();
    private final AtomicBoolean saidTooShort = new AtomicBoolean();
    private Optional<Thread> looking = Optional.empty();
    private volatile boolean isOver;
    private volatile LeaseKeeper.@Nullable Over leaseLost;

    /** How a life ends. */
    sealed interface End {
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
    Life(
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
        this.bootId = bootId;
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
        this.lease = new LeaseKeeper(
                session.znodes(),
                Layout.lease(config.node()),
                session::saved,
                tick,
                () -> tickedNanos,
                new LeaseListener());
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
        askForTick();
    }

    /** A rolling restart may have changed it, and none goes by without a connect of ours. Blocks nobody. */
    private void askForTick() {
        if (!(session.state() instanceof SessionState.Connected) || !askingForTick.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("stead-tick").start(() -> {
            try {
                if (EnsembleConf.ask(config.zookeeper().connect()) instanceof EnsembleConf.Tick conf) {
                    lease.tick(conf.largest());
                    sayIfTooShort(conf);
                }
            } finally {
                askingForTick.set(false);
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

    /** Lives until the session ends or the agent is to stop. The deciding thread. */
    End live() throws InterruptedException {
        lease.start();
        outage.start();
        askForTick();
        Thread.ofVirtual().name("stead-warden-watch").start(this::watchWarden);
        while (true) {
            tickedNanos = System.nanoTime();
            Now now = new Now(Instant.now(), System.nanoTime());
            unreachable.look(!(session.state() instanceof SessionState.Suspended), now.nanos());
            if (!(session.state() instanceof SessionState.Connected)) {
                connectedSinceNanos = now.nanos();
            }
            Optional<End> end = end(now);
            if (end.isPresent()) {
                return end.get();
            }
            if (session.state() instanceof SessionState.Gone) {
                mailbox.attend(node.turn(leaseNow(), now));
                continue;
            }
            Duration next = session.timeout().dividedBy(TICKS_PER_TIMEOUT);
            if (enlisted) {
                if (resumed && store.view().isPresent()) {
                    resumed = false;
                    if (hasLeft()) {
                        // It stays out for the rest of its life; a restart of its agent is a new one (design.md §7).
                        return new End.Again("the node had left, and its agent's restart lets it join anew");
                    }
                }
                next = least(next, node.turn(leaseNow(), now));
                next = least(next, lead().turn(now));
                sayStatus(now);
            } else {
                enlist();
            }
            lookForLost(now);
            mailbox.attend(next);
        }
    }

    /** Whether the deciding thread has shown no sign for longer than this. Any thread. */
    boolean isDeaf(Duration span) {
        return System.nanoTime() - tickedNanos > span.toNanos();
    }

    Duration timeout() {
        return session.timeout();
    }

    @Override
    public void close() {
        isOver = true;
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
        if (lost == LeaseKeeper.Over.TAKEN) {
            return Optional.of(new End.Again(
                    "another process goes on with this session: the data directory or the whole machine was copied",
                    true));
        }
        if (lost == LeaseKeeper.Over.FAILED) {
            return Optional.of(new End.Again("the lease can't be renewed, for its keeper has failed"));
        }
        if (lost == LeaseKeeper.Over.DELETED) {
            return Optional.of(new End.Again("somebody deleted the lease of this node"));
        }
        if (enlisted && store.isComplete() && store.enlisted().isEmpty()) {
            // Made again it would be a life that the leader has given up already.
            return Optional.of(new End.Again("somebody deleted the member of this node"));
        }
        if (node.ending().isPresent()) {
            return Optional.of(new End.Again(node.ending().get()));
        }
        if (!enlisted && isTakenByAnother(now)) {
            return Optional.of(new End.Fatal(new Trouble(
                    Trouble.ExitCode.REFUSED,
                    "another agent runs as node %s (session %s): stop it, or give this one another --node"
                            .formatted(
                                    config.node(),
                                    store.enlisted().map(Incarnation::toString).orElse("?")))));
        }
        if (refused) {
            return Optional.of(
                    new End.Fatal(Trouble.notAllowed(config.zookeeper().connect())));
        }
        return switch (stopping.asked()) {
            case NO -> Optional.empty();
            case KEEP -> Optional.of(new End.Stop(false));
            case HALT -> Optional.of(new End.Stop(true));
            case LEAVE -> hasLeft() ? Optional.of(new End.Stop(true)) : Optional.empty();
        };
    }

    private boolean hasLeft() {
        return store.view()
                .flatMap(v -> v.state())
                .filter(s ->
                        s.phase() == MemberPhase.INACTIVE && s.incarnation().equals(incarnation))
                .isPresent();
    }

    private boolean isTakenByAnother(Now now) {
        boolean other = store.enlisted().filter(i -> !i.equals(incarnation)).isPresent();
        return other
                && now.since(connectedSinceNanos).compareTo(session.timeout().multipliedBy(PATIENCE_TIMEOUTS)) > 0;
    }

    private void enlist() {
        if (store.enlisted().filter(incarnation::equals).isPresent()) {
            enlisted = true;
            LOG.info("node={} incarnation={} member=resumed", config.node(), incarnation);
            mailbox.wake();
        } else if (!enlisting && store.isComplete() && store.enlisted().isEmpty()) {
            enlisting = true;
            NodeStatus status = status();
            Member member = new Member(config.node(), incarnation, bootId, config.control(), config.attributes());
            mailbox.deliver(store.enlist(member, status), this::enlisted);
        }
    }

    private void enlisted(WriteOutcome outcome) {
        enlisting = false;
        if (outcome instanceof WriteOutcome.Committed) {
            enlisted = true;
            LOG.info("node={} incarnation={} member=yes", config.node(), incarnation);
        } else {
            refused = outcome instanceof WriteOutcome.Refused no && no.cause() == WriteOutcome.Cause.NO_AUTH;
            LOG.info("node={} member=not-yet reason=\"{}\"", config.node(), outcome);
        }
    }

    private NodeStatus status() {
        return new NodeStatus(
                config.node(), incarnation, true, performance.load(), stopping.asked() == Stopping.How.LEAVE);
    }

    private void sayStatus(Now now) {
        NodeStatus status = status();
        if (!saying && now.nanos() - sayAgainNanos >= 0 && !store.says(status)) {
            saying = true;
            mailbox.deliver(store.say(status), outcome -> {
                saying = false;
                if (!(outcome instanceof WriteOutcome.Committed)) {
                    sayAgainNanos = System.nanoTime() + SAY_AGAIN.toNanos();
                }
            });
        }
    }

    private LeaderDuty lead() {
        LeaderDuty known = leader;
        if (known == null) {
            known = new LeaderDuty(config.node(), session, mailbox);
            leader = known;
        }
        return known;
    }

    /** Until the first renewal a resumed life holds under the lease that the process before it earned. */
    private Lease leaseNow() {
        Duration low = session.timeout().dividedBy(LOW_PER_TIMEOUT);
        OptionalLong earned = lease.endNanos();
        long end = earned.isPresent() ? earned.getAsLong() : inheritedLeaseNanos.orElse(bornNanos);
        return new Lease(warden.guarded(end), low);
    }

    private void lookForLost(Now now) {
        if (now.since(lookedNanos).compareTo(LOOK_FOR_LOST) >= 0) {
            lookedNanos = now.nanos();
            if (looking.filter(Thread::isAlive).isEmpty()) {
                boolean tidies = now.since(tidiedNanos).compareTo(TIDY) >= 0;
                tidiedNanos = tidies ? now.nanos() : tidiedNanos;
                looking = Optional.of(Thread.ofVirtual().name("stead-look").start(() -> {
                    node.lookForLost();
                    if (tidies) {
                        node.tidy();
                    }
                }));
            }
        }
    }

    private void watchWarden() {
        try {
            while (!isOver) {
                warden.look();
                Thread.sleep(LOOK_FOR_LOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private final class LeaseListener implements LeaseKeeper.Listener {
        @Override
        public void moved(long endNanos) {
            try {
                files.warden().moveDeadline(endNanos);
            } catch (IOException e) {
                // The warden kills at the deadline it knows: safe, and loud enough.
                LOG.error("warden=untold reason=\"{}\"", e.getMessage());
            }
        }

        @Override
        public void unanswered() {
            session.doubt();
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
