package io.stead.agent;

import io.stead.agent.config.AgentConfig;
import io.stead.agent.life.Life;
import io.stead.agent.life.Stopping;
import io.stead.agent.life.Trouble;
import io.stead.agent.life.Unreachable;
import io.stead.agent.loop.Mailbox;
import io.stead.agent.node.NodeFiles;
import io.stead.schema.install.EnsembleConf;
import io.stead.schema.install.Installation;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.SavedSession;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.spec.ConnectString;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one host, from one life of its node to the next:
 *
 * <pre>
 *   a session was saved, and it lives      go on with it: nothing moves, nothing is started twice (C4)
 *   otherwise                              halt what a former life ran, then begin a new one (B9)
 *   a life has ended                       halt what it ran, then begin a new one
 * </pre>
 */
final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration RESUME_PATIENCE = Duration.ofMillis(500);
    private static final Duration HALT_AGAIN = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final AgentConfig config;
    private final Credentials credentials;
    private final String bootId;
    private final NodeFiles files;
    private final SessionFile sessionFile;
    private final Mailbox mailbox;
    private final Stopping stopping;
    private final AtomicReference<@Nullable Life> life = new AtomicReference<>();
    private boolean begun;

    Agent(
            AgentConfig config,
            Credentials credentials,
            String bootId,
            NodeFiles files,
            Mailbox mailbox,
            Stopping stopping)
            throws IOException {
        this.config = config;
        this.credentials = credentials;
        this.bootId = bootId;
        this.files = files;
        this.sessionFile = new SessionFile(config.dataDir().resolve("session"), bootId);
        this.mailbox = mailbox;
        this.stopping = stopping;
    }

    /**
     * For how long the deciding thread may still be silent: after two time-outs without a sign it is stuck, its lease is over, and
     * the process had better be, too. Any thread.
     */
    Duration patience() {
        Life current = life.get();
        return current == null
                ? Duration.ofDays(1)
                : current.timeout().plus(current.timeout()).minus(current.silence());
    }

    /** Whether there was a life of this node here, in this process or before it. The deciding thread. */
    boolean hasBegun() {
        return begun;
    }

    /** Runs until it is asked to stop. The deciding thread. Empty, or why it can't go on. */
    Optional<Trouble> run() throws IOException, InterruptedException {
        Optional<SessionFile.Kept> kept = sessionFile.read();
        begun = kept.isPresent();
        while (stopping.asked() == Stopping.How.NO) {
            if (kept.isEmpty()) {
                halt();
            }
            // A session that may be gone on with does not wait for what its last life knew.
            Tick tick = kept.isPresent() ? new Tick.Known(longest(kept.get().tick())) : learnTick();
            Duration reckoned;
            switch (tick) {
                case Tick.Known known -> reckoned = known.tick();
                case Tick.Refused refused -> {
                    files.dissolve();
                    return Optional.of(refused.trouble());
                }
                case Tick.NotYet _ -> {
                    // Without a session nothing runs here that would have to be guarded.
                    files.dissolve();
                    return Optional.empty();
                }
            }
            Optional<SavedSession> saved = kept.map(SessionFile.Kept::session);
            Session session = Session.open(new Session.Settings(
                    config.zookeeper().connect().toString(), config.zookeeper().session(), credentials, saved));
            SessionState state = connect(session);
            Optional<Trouble> trouble =
                    saved.isEmpty() ? troubleWithCluster(session) : troubleWithResumed(session, state);
            if (trouble.isPresent()) {
                // A session that was gone on with is left as it was, for an agent that is told better in time.
                stop(session, saved.isEmpty());
                return trouble;
            } else if (state instanceof SessionState.Connected || state instanceof SessionState.Suspended) {
                Life.End end = live(session, reckoned, saved.isPresent());
                switch (end) {
                    case Life.End.Again again -> {
                        LOG.warn("life=over reason=\"{}\"", again.why());
                        if (again.isOthers()) {
                            session.abandon();
                        }
                    }
                    case Life.End.Stop stop -> {
                        stop(session, stop.endSession());
                        return Optional.empty();
                    }
                    case Life.End.Fatal fatal -> {
                        stop(session, true);
                        return Optional.of(fatal.trouble());
                    }
                }
                halt();
            } else if (stopping.asked() != Stopping.How.NO) {
                stop(session, stopping.asked() == Stopping.How.HALT);
                return Optional.empty();
            } else if (state instanceof SessionState.Gone gone && gone.why() == SessionState.Why.AUTH_FAILED) {
                stop(session, saved.isEmpty());
                return Optional.of(Trouble.notAllowed(config.zookeeper()));
            } else {
                LOG.info("session={}", state);
            }
            session.close();
            sessionFile.forget();
            kept = Optional.empty();
        }
        return Optional.empty();
    }

    /** Asks until somebody tells; {@link Tick.NotYet} only when the agent is to stop. */
    private Tick learnTick() throws InterruptedException {
        ConnectString zk = config.zookeeper().connect();
        Tick tick = Tick.of(config.zookeeper().tick(), EnsembleConf.ask(zk), zk);
        Unreachable unreachable = Unreachable.atOnce(zk.hosts(), System.nanoTime());
        while (tick instanceof Tick.NotYet && stopping.asked() == Stopping.How.NO) {
            unreachable.look(false, System.nanoTime());
            TimeUnit.NANOSECONDS.sleep(ASK_AGAIN.toNanos());
            tick = Tick.of(config.zookeeper().tick(), EnsembleConf.ask(zk), zk);
        }
        return tick;
    }

    /** What the operator says now may be more than what the last life knew. */
    private Duration longest(Duration kept) {
        return config.zookeeper().tick().filter(t -> t.compareTo(kept) > 0).orElse(kept);
    }

    private SessionState connect(Session session) throws InterruptedException {
        Unreachable unreachable =
                Unreachable.atOnce(config.zookeeper().connect().hosts(), System.nanoTime());
        SessionState state = session.awaitEstablished(CONNECT_PATIENCE);
        while (state instanceof SessionState.Connecting && stopping.asked() == Stopping.How.NO) {
            unreachable.look(false, System.nanoTime());
            state = session.awaitEstablished(CONNECT_PATIENCE);
        }
        return state;
    }

    /** Looks what stands where the cluster should be, before the node appears in it. */
    private Optional<Trouble> troubleWithCluster(Session session) throws InterruptedException {
        while (!(session.state() instanceof SessionState.Gone) && stopping.asked() == Stopping.How.NO) {
            Installation.Found found = Installation.find(session.znodes(), CONNECT_PATIENCE);
            if (!(found instanceof Installation.Found.Unreachable)) {
                return Trouble.with(found, config.zookeeper());
            }
            LOG.warn("zookeeper=silent consequence=\"trying on\"");
            TimeUnit.NANOSECONDS.sleep(ASK_AGAIN.toNanos());
        }
        return Optional.empty();
    }

    /**
     * Who goes on with a session is a member already, and may renew its lease whatever it was told: it could lead and not be able to
     * write, or look at another cluster. While nobody answers there is no telling.
     */
    private Optional<Trouble> troubleWithResumed(Session session, SessionState state) throws InterruptedException {
        if (!(state instanceof SessionState.Connected)) {
            return Optional.empty();
        }
        Optional<Trouble> trouble =
                Trouble.with(Installation.find(session.znodes(), RESUME_PATIENCE), config.zookeeper());
        return trouble.isPresent() || Installation.mayLead(session.znodes(), RESUME_PATIENCE)
                ? trouble
                : Optional.of(Trouble.notAllowed(config.zookeeper()));
    }

    private Life.End live(Session session, Duration tick, boolean resumed) throws IOException, InterruptedException {
        session.saved().ifPresent(s -> sessionFile.write(new SessionFile.Kept(s, tick)));
        LOG.info(
                "session={} resumed={}",
                session.saved().map(SavedSession::toString).orElse(""),
                resumed);
        try (Life current = new Life(config, bootId, session, tick, files, mailbox, stopping, resumed)) {
            life.set(current);
            Life.End end = current.live();
            begun |= !(end instanceof Life.End.Fatal);
            session.saved().ifPresent(s -> sessionFile.write(new SessionFile.Kept(s, tick)));
            return end;
        } finally {
            life.set(null);
        }
    }

    private void stop(Session session, boolean endSession) throws IOException, InterruptedException {
        if (endSession) {
            halt();
            session.close();
            sessionFile.forget();
            files.dissolve();
        } else {
            session.abandon();
        }
    }

    /** Nothing of a former life may be left when the next one begins; what can't be killed holds it up. */
    private void halt() throws IOException, InterruptedException {
        Map<String, String> left = files.halt();
        while (!left.isEmpty()) {
            LOG.error("halt=incomplete left={} consequence=\"this node does not join until it has ended\"", left);
            TimeUnit.NANOSECONDS.sleep(HALT_AGAIN.toNanos());
            left = files.halt();
        }
    }
}
