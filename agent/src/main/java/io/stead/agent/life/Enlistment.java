package io.stead.agent.life;

import io.stead.agent.config.AgentConfig;
import io.stead.agent.loop.Mailbox;
import io.stead.model.Incarnation;
import io.stead.model.Now;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.NodeStatus;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.store.NodeStore;
import io.stead.schema.znode.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The presence of this node, and its status on change (A2), for one life. The deciding thread alone. */
final class Enlistment {
    private static final Logger LOG = LoggerFactory.getLogger(Enlistment.class);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(1);
    /** How many of its own time-outs a member of another session is waited for. */
    private static final int PATIENCE_TIMEOUTS = 3;

    private final AgentConfig config;
    private final String bootId;
    private final Session session;
    private final Incarnation incarnation;
    private final NodeStore store;
    private final WardenWatch warden;
    private final Mailbox mailbox;
    private final Performance performance = new Performance();

    private boolean isDone;
    private boolean isUnderWay;
    private boolean isRefused;
    private boolean isSaying;
    private long sayAgainNanos = System.nanoTime();
    private long connectedSinceNanos = System.nanoTime();

    Enlistment(
            AgentConfig config, String bootId, Session session, NodeStore store, WardenWatch warden, Mailbox mailbox) {
        this.config = config;
        this.bootId = bootId;
        this.session = session;
        this.incarnation = new Incarnation(session.id());
        this.store = store;
        this.warden = warden;
        this.mailbox = mailbox;
    }

    /** Whether the node is present, by this life's word. */
    boolean isDone() {
        return isDone;
    }

    /** Whether somebody has taken its presence away. Made again it would be a life that the leader has given up already. */
    boolean isDeleted() {
        return isDone && store.isComplete() && store.enlisted().isEmpty();
    }

    /** Whether its graceful leave is through. */
    boolean hasLeft() {
        return store.view()
                .flatMap(v -> v.state())
                .filter(s ->
                        s.phase() == MemberPhase.INACTIVE && s.incarnation().equals(incarnation))
                .isPresent();
    }

    /** Why it can't become present, if it can't. */
    Optional<Trouble> trouble(Now now) {
        if (!(session.state() instanceof SessionState.Connected)) {
            connectedSinceNanos = now.nanos();
        }
        if (!isDone && isTakenByAnother(now)) {
            return Optional.of(new Trouble(
                    Trouble.ExitCode.REFUSED,
                    "another agent runs as node %s (session %s): stop it, or give this one another --node"
                            .formatted(
                                    config.node(),
                                    store.enlisted().map(Incarnation::toString).orElse("?"))));
        }
        return isRefused ? Optional.of(Trouble.notAllowed(config.zookeeper())) : Optional.empty();
    }

    private boolean isTakenByAnother(Now now) {
        boolean other = store.enlisted().filter(i -> !i.equals(incarnation)).isPresent();
        return other
                && now.since(connectedSinceNanos).compareTo(session.timeout().multipliedBy(PATIENCE_TIMEOUTS)) > 0;
    }

    void enlist(boolean isLeaving) {
        if (store.enlisted().filter(incarnation::equals).isPresent()) {
            isDone = true;
            LOG.info("node={} incarnation={} member=resumed", config.node(), incarnation);
            mailbox.wake();
        } else if (!isUnderWay && store.isComplete() && store.enlisted().isEmpty()) {
            isUnderWay = true;
            Member member = new Member(config.node(), incarnation, bootId, config.control(), config.attributes());
            mailbox.deliver(store.enlist(member, status(isLeaving)), this::enlisted);
        }
    }

    private void enlisted(WriteOutcome outcome) {
        isUnderWay = false;
        if (outcome instanceof WriteOutcome.Committed) {
            isDone = true;
            LOG.info("node={} incarnation={} member=yes", config.node(), incarnation);
        } else {
            isRefused = outcome instanceof WriteOutcome.Refused no && no.cause() == WriteOutcome.Cause.NO_AUTH;
            LOG.info("node={} member=not-yet reason=\"{}\"", config.node(), outcome);
        }
    }

    /** Writes the status where the store says otherwise. */
    void say(boolean isLeaving, Now now) {
        NodeStatus status = status(isLeaving);
        if (!isSaying && now.nanos() - sayAgainNanos >= 0 && !store.says(status)) {
            isSaying = true;
            mailbox.deliver(store.say(status), outcome -> {
                isSaying = false;
                if (!(outcome instanceof WriteOutcome.Committed)) {
                    sayAgainNanos = System.nanoTime() + SAY_AGAIN.toNanos();
                }
            });
        }
    }

    private NodeStatus status(boolean isLeaving) {
        return new NodeStatus(config.node(), incarnation, warden.isGuarding(), performance.load(), isLeaving);
    }
}
