package io.stead.schema.session;

import io.stead.model.NodeId;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;

/**
 * Elects one leader (A4, B15). It elects and owns nothing: there have been two leaders at once (CURATOR-696), so that each of a
 * leader's transactions checks the epoch as well.
 *
 * <p>Before it queues, what an earlier process left under the same session is deleted, or it would queue behind itself. Safe on
 * any thread; the signal comes on Curator's and must not block.
 */
public final class Latch implements AutoCloseable {
    private static final Duration TRY_AGAIN = Duration.ofMillis(500);

    private final Session session;
    private final LeaderLatch latch;
    private final Runnable connected = this::clean;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    private enum State {
        IDLE,
        CLEANING,
        QUEUED,
        CLOSED
    }

    /**
     * Not yet standing.
     *
     * @param signal that leadership has come or gone
     */
    public Latch(Session session, NodeId node, Runnable signal) {
        this.session = session;
        this.latch = new LeaderLatch(session.curator(), Layout.LEADER, node.value());
        latch.addListener(new LeaderLatchListener() {
            @Override
            public void isLeader() {
                signal.run();
            }

            @Override
            public void notLeader() {
                signal.run();
            }
        });
    }

    /** Stands for election, as soon as there is a connection. */
    public void start() {
        session.onConnect(connected);
        if (session.state() instanceof SessionState.Connected) {
            clean();
        }
    }

    /**
     * Whether this one is elected, as far as it knows; false after the session. It outlasts an interruption of the connection,
     * which deposes nobody as long as the session lives.
     */
    public boolean isLeader() {
        // A latch whose Curator was closed is not told, and says yes for ever.
        return !(session.state() instanceof SessionState.Gone) && latch.hasLeadership();
    }

    /** Stands back; another is elected at once. */
    @Override
    public void close() {
        session.offConnect(connected);
        if (state.getAndSet(State.CLOSED) == State.QUEUED && !isOver()) {
            try {
                latch.close();
            } catch (IOException e) {
                if (!isOver()) {
                    throw new UncheckedIOException(e);
                }
                // The session ended meanwhile, and the place in the queue with it.
            }
        }
    }

    private boolean isOver() {
        return session.state() instanceof SessionState.Gone;
    }

    private void clean() {
        if (!state.compareAndSet(State.IDLE, State.CLEANING)) {
            return;
        }
        var _ = session.znodes()
                .subtree(Layout.LEADER)
                .thenCompose(this::delete)
                .whenComplete((done, bug) -> {
                    if (bug == null && done) {
                        queue();
                    } else {
                        again();
                    }
                });
    }

    /** Whatever stood in the way, a lost connection or something that an operator has to mend, it may be over then. */
    private void again() {
        if (state.compareAndSet(State.CLEANING, State.IDLE) && !isOver()) {
            CompletableFuture.delayedExecutor(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::clean);
        }
    }

    private CompletableFuture<Boolean> delete(Read<Read.Subtree> found) {
        if (!(found instanceof Read.Found<Read.Subtree> f)) {
            return CompletableFuture.completedFuture(false);
        }
        long own = session.id();
        List<Write> deletes = f.value().znodes().values().stream()
                .filter(z -> z.ephemeralOwner() == own)
                .map(Znode::path)
                .<Write>map(p -> new Write.Delete(p, Write.ANY_VERSION))
                .toList();
        if (deletes.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        Znodes znodes = session.znodes();
        return znodes.write(deletes).thenApply(o -> o instanceof WriteOutcome.Committed);
    }

    private void queue() {
        if (state.compareAndSet(State.CLEANING, State.QUEUED)) {
            try {
                latch.start();
            } catch (Exception e) {
                // Only a latch that was started before says so.
                throw new IllegalStateException(e);
            }
        }
    }
}
