package io.stead.schema.memory;

import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Connection;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** One client of a {@link MemoryTree}. What it is asked is answered at once, on the thread that asks. */
public final class MemoryZnodes implements Znodes {
    private final MemoryTree tree;
    private final long id;
    private final List<Registered> watches = new ArrayList<>();
    private final List<Runnable> connectSignals = new CopyOnWriteArrayList<>();
    private State state = State.CONNECTED;
    private boolean missesChanges;
    private LossOf loss = LossOf.NOTHING;
    private long connections = 1;

    private record Registered(String root, Watch watch) {}

    private enum State {
        CONNECTED,
        DISCONNECTED,
        ENDED
    }

    private enum LossOf {
        NOTHING,
        ANSWER,
        QUESTION,
        ALL_REASON
    }

    MemoryZnodes(MemoryTree tree, long id) {
        this.tree = tree;
        this.id = id;
    }

    /** The session's id. */
    public long id() {
        return id;
    }

    /** From now on nothing is answered, and no change is told. */
    public void disconnect() {
        synchronized (tree) {
            state = State.DISCONNECTED;
        }
    }

    /** Connects again; what happened meanwhile is not told. */
    public void reconnect() {
        synchronized (tree) {
            state = State.CONNECTED;
            missesChanges = false;
            connections++;
        }
        connectSignals.forEach(Runnable::run);
    }

    /** From now on, until it connects again, no change is told, though all questions are answered. */
    public void missChanges() {
        synchronized (tree) {
            missesChanges = true;
        }
    }

    /** The next write takes place, and its answer is lost. */
    public void loseNextAnswer() {
        synchronized (tree) {
            loss = LossOf.ANSWER;
        }
    }

    /** The next write is lost on its way. */
    public void loseNextWrite() {
        synchronized (tree) {
            loss = LossOf.QUESTION;
        }
    }

    /** The next write ends as no write should, in an exception. */
    public void failNextWrite() {
        synchronized (tree) {
            loss = LossOf.ALL_REASON;
        }
    }

    @Override
    public CompletableFuture<Read<Znode>> read(String path) {
        synchronized (tree) {
            return CompletableFuture.completedFuture(answer(tree.get(path)));
        }
    }

    @Override
    public CompletableFuture<Read<Read.Subtree>> subtree(String root) {
        synchronized (tree) {
            return CompletableFuture.completedFuture(
                    answer(tree.get(root).map(_ -> new Read.Subtree(tree.under(root)))));
        }
    }

    @Override
    public CompletableFuture<Read<List<String>>> children(String path) {
        synchronized (tree) {
            return CompletableFuture.completedFuture(answer(tree.get(path).map(_ -> tree.children(path))));
        }
    }

    @Override
    public CompletableFuture<WriteOutcome> write(List<Write> writes) {
        synchronized (tree) {
            if (loss == LossOf.ALL_REASON) {
                loss = LossOf.NOTHING;
                return CompletableFuture.failedFuture(new IllegalStateException("a bug"));
            }
            return CompletableFuture.completedFuture(outcome(writes));
        }
    }

    @Override
    public CompletableFuture<OptionalLong> sync() {
        synchronized (tree) {
            return CompletableFuture.completedFuture(
                    state == State.CONNECTED ? OptionalLong.of(tree.zxid()) : OptionalLong.empty());
        }
    }

    @Override
    public long shown() {
        synchronized (tree) {
            return state == State.CONNECTED ? tree.zxid() : 0;
        }
    }

    @Override
    public CompletableFuture<Boolean> watch(String root, Watch watch) {
        synchronized (tree) {
            Registered registered = new Registered(root, watch);
            if (state == State.CONNECTED && !watches.contains(registered)) {
                watches.add(registered);
            }
            return CompletableFuture.completedFuture(state == State.CONNECTED);
        }
    }

    @Override
    public void unwatch(String root, Watch watch) {
        synchronized (tree) {
            watches.remove(new Registered(root, watch));
        }
    }

    @Override
    public void onConnect(Runnable signal) {
        connectSignals.add(signal);
    }

    @Override
    public void offConnect(Runnable signal) {
        connectSignals.remove(signal);
    }

    /** How many want to be called at the next connect. */
    public int connectSignals() {
        return connectSignals.size();
    }

    Connection connection() {
        return new Connection(connections, 0, "memory", "memory");
    }

    void end() {
        state = State.ENDED;
    }

    void tell(String path, boolean deleted, long zxid) {
        if (state == State.CONNECTED && !missesChanges) {
            List.copyOf(watches).stream()
                    .filter(w -> Layout.isWithin(w.root(), path))
                    .forEach(w -> w.watch().changed(path, deleted, zxid));
        }
    }

    private <T> Read<T> answer(Optional<T> found) {
        if (state != State.CONNECTED) {
            return new Read.Failed<>("CONNECTIONLOSS");
        }
        return found.<Read<T>>map(Read.Found::new).orElseGet(Read.Absent::new);
    }

    private WriteOutcome outcome(List<Write> writes) {
        Optional<WriteOutcome.TooLarge> tooLarge = Write.beyondBounds(writes);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        if (state == State.ENDED) {
            return new WriteOutcome.SessionGone();
        }
        LossOf lost = loss;
        loss = LossOf.NOTHING;
        if (state == State.DISCONNECTED || lost == LossOf.QUESTION) {
            return new WriteOutcome.Unknown("CONNECTIONLOSS");
        }
        WriteOutcome outcome = tree.commit(this, writes);
        return lost == LossOf.ANSWER ? new WriteOutcome.Unknown("CONNECTIONLOSS") : outcome;
    }
}
