package io.stead.schema.znode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live copy of some subtrees. Watches tell where to look, reading tells what is there; because watches don't replay
 * what happened while the connection was down, and could be missed, everything is read again after each connect and at
 * a period. A change that was merged with another or told twice is therefore harmless.
 *
 * <p>No state older than the newest transaction that this client has seen is taken in: each reading again lets the server
 * catch up first, and an answer never replaces a newer one. What {@link #write} commits is in the image when its outcome
 * arrives, and so is whatever others committed before it, so that the next decision sees both.
 *
 * <p>Safe on any thread. The signal comes on the thread of the answers and may come when nothing of interest changed.
 */
public final class Mirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    /** A storm of changes is shown at least this often, in changes. */
    private static final int SHOWN_AFTER = 256;

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Reading again is only a second line of defence, and costs each client as much as the cluster is large. */
    private static final Duration PER_ZNODE = Duration.ofMillis(20);

    private static final double JITTER = 0.25;

    private final Znodes znodes;
    private final Duration period;
    private final Runnable signal;
    private final Runnable connected = this::connected;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stead-mirror").factory());

    private final Object lock = new Object();
    private final MirrorRoots roots = new MirrorRoots();
    private long newestZxid;
    private long dueNanos = System.nanoTime();
    private int pending;
    private int unshown;
    private boolean refreshing;
    private boolean again;
    private boolean owed = true;

    /** Whether what was missed while the connection was down has been read since. */
    private CompletableFuture<Boolean> caughtUp = CompletableFuture.completedFuture(true);

    /**
     * A mirror of nothing yet.
     *
     * @param period after which everything is read again; longer where there is much, see {@link #period}
     * @param newestZxid the newest transaction that this client has seen before, or 0
     * @param signal that the image has changed; it must not block
     */
    public Mirror(Znodes znodes, Duration period, long newestZxid, Runnable signal) {
        this.znodes = znodes;
        this.period = period;
        this.newestZxid = newestZxid;
        this.signal = signal;
    }

    /** Begins to look by itself, after each connect and at the period; without it only {@link #refresh} does. */
    public void start() {
        znodes.onConnect(connected);
        var _ = timer.scheduleWithFixedDelay(this::lookAgain, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes a subtree in; the image lacks it until it has been read. Roots must not lie within each other. */
    public void add(String root) {
        MirrorRoot added = new MirrorRoot(root, this::changed);
        synchronized (lock) {
            if (!roots.add(added)) {
                return;
            }
        }
        // No sync: this server has whatever it has told of, and the watch tells what it learns.
        heed(read(added, () -> CompletableFuture.completedFuture(isCaughtUp(OptionalLong.of(znodes.shown())))));
    }

    /** Leaves a subtree out from now on. */
    public void remove(String root) {
        MirrorRoot gone;
        synchronized (lock) {
            gone = roots.remove(root);
        }
        if (gone != null) {
            znodes.unwatch(root, gone.watch());
        }
    }

    /** What is known now. */
    public Image image() {
        synchronized (lock) {
            return roots.image();
        }
    }

    /** The newest transaction seen. */
    public long newestZxid() {
        synchronized (lock) {
            return newestZxid;
        }
    }

    /**
     * Writes through the mirror; see {@link Znodes#write}. What took place, but upon an image that could not catch up after a
     * connect, is told as unknown: read again.
     */
    public CompletableFuture<WriteOutcome> write(List<Write> writes) {
        CompletableFuture<WriteOutcome> outcome = znodes.write(writes).exceptionally(Mirror::unknown);
        List<CompletableFuture<?>> all = new ArrayList<>(List.of(outcome));
        for (Write write : writes) {
            // Asked for after the write, so answered with what it did; the digits of a sequential path we don't know.
            if (!(write instanceof Write.Check) && isMirrored(write.path())) {
                all.add(look(write.path()));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenCompose(_ -> shown(outcome.join()));
    }

    /** Whoever waits for a write is answered, whatever goes wrong: here nobody knows how it ended. */
    private static WriteOutcome unknown(Throwable bug) {
        LOG.error("write failed", bug);
        return new WriteOutcome.Unknown("it failed: " + bug);
    }

    private CompletableFuture<WriteOutcome> shown(WriteOutcome outcome) {
        if (!(outcome instanceof WriteOutcome.Committed committed)) {
            return CompletableFuture.completedFuture(outcome);
        }
        CompletableFuture<Boolean> others;
        synchronized (lock) {
            newestZxid = Math.max(newestZxid, committed.zxid());
            others = caughtUp;
        }
        return others.thenApply(
                known -> known ? outcome : new WriteOutcome.Unknown("it took place, but what others did is not known"));
    }

    /** Reads everything again. */
    public void refresh() {
        synchronized (lock) {
            again = refreshing;
            if (refreshing || roots.isEmpty()) {
                return;
            }
            refreshing = true;
            if (!caughtUp.getNow(true)) {
                caughtUp = new CompletableFuture<>();
            }
        }
        heed(readAll(rootsNow()).thenAccept(this::refreshed));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        znodes.offConnect(connected);
        List<MirrorRoot> left;
        CompletableFuture<Boolean> waiting;
        synchronized (lock) {
            left = roots.all();
            left.forEach(r -> roots.remove(r.path()));
            waiting = caughtUp;
        }
        var _ = waiting.complete(false);
        left.forEach(r -> znodes.unwatch(r.path(), r.watch()));
    }

    private void lookAgain() {
        boolean due;
        synchronized (lock) {
            due = owed || System.nanoTime() - dueNanos >= 0;
        }
        if (due) {
            refresh();
        }
    }

    /**
     * When so many znodes are read again: 20 ms for each, so that no client reads more than 50 a second on that account, and not
     * all clients at the same moment.
     *
     * @param chance 0 to 1
     */
    static Duration period(Duration least, int znodes, double chance) {
        Duration period = PER_ZNODE.multipliedBy(znodes);
        double nanos = (period.compareTo(least) < 0 ? least : period).toNanos() * (1 + JITTER * chance);
        return Duration.ofNanos((long) nanos);
    }

    private void connected() {
        synchronized (lock) {
            if (!roots.isEmpty() && caughtUp.isDone()) {
                caughtUp = new CompletableFuture<>();
            }
        }
        refresh();
    }

    private void refreshed(boolean whole) {
        boolean more;
        CompletableFuture<Boolean> waiting;
        synchronized (lock) {
            refreshing = false;
            owed = !whole;
            dueNanos = System.nanoTime()
                    + period(period, roots.znodes(), ThreadLocalRandom.current().nextDouble())
                            .toNanos();
            more = again;
            waiting = caughtUp;
        }
        var _ = waiting.complete(whole);
        if (more) {
            refresh();
        }
    }

    /**
     * Reads some roots from a server that has caught up; whether all of them could be read. Everything is asked for at once: a
     * server answers what one connection asks in the order of the questions.
     */
    private CompletableFuture<Boolean> readAll(List<MirrorRoot> some) {
        CompletableFuture<Boolean> caughtUp = znodes.sync().thenApply(this::isCaughtUp);
        List<CompletableFuture<Boolean>> readings =
                some.stream().map(root -> read(root, () -> caughtUp)).toList();
        return CompletableFuture.allOf(readings.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> readings.stream().allMatch(CompletableFuture::join));
    }

    /** A server that lags behind what was seen shows the past: the next look asks again. */
    private boolean isCaughtUp(OptionalLong zxid) {
        synchronized (lock) {
            if (zxid.isEmpty() || zxid.getAsLong() < newestZxid) {
                owed = true;
                return false;
            }
            newestZxid = zxid.getAsLong();
            return true;
        }
    }

    /** {@code current} is asked after the reading: whether the server that answered shows the present. */
    private CompletableFuture<Boolean> read(MirrorRoot root, Supplier<CompletableFuture<Boolean>> current) {
        synchronized (lock) {
            if (!roots.has(root)) {
                return CompletableFuture.completedFuture(true);
            }
            if (!root.beginReading()) {
                owed = true;
                return CompletableFuture.completedFuture(false);
            }
        }
        var _ = znodes.watch(root.path(), root.watch());
        return znodes.subtree(root.path())
                .thenCompose(read -> current.get().thenApply(isCurrent -> take(root, read, isCurrent)));
    }

    private boolean take(MirrorRoot root, Read<Read.Subtree> answer, boolean isCurrent) {
        Read<Read.Subtree> read = isCurrent ? answer : new Read.Failed<>("the server lags behind");
        boolean failed = read instanceof Read.Failed<Read.Subtree>;
        synchronized (lock) {
            unshown += root.endReading(read);
            owed |= failed;
        }
        show();
        return !failed;
    }

    private void changed(String path, boolean deleted, long zxid) {
        synchronized (lock) {
            MirrorRoot root = roots.of(path);
            if (root == null) {
                return;
            }
            newestZxid = Math.max(newestZxid, zxid);
            if (deleted) {
                unshown += root.take(path, new Read.Absent<>());
            }
        }
        heed(look(path));
    }

    private CompletableFuture<?> look(String path) {
        synchronized (lock) {
            pending++;
        }
        return znodes.read(path).thenAccept(read -> {
            synchronized (lock) {
                pending--;
                MirrorRoot root = roots.of(path);
                if (root != null) {
                    unshown += root.take(path, read);
                }
            }
            show();
        });
    }

    /** Signals once what changed together has been read, or after many changes. */
    private void show() {
        synchronized (lock) {
            if (unshown == 0 || (pending > 0 && unshown < SHOWN_AFTER)) {
                return;
            }
            unshown = 0;
        }
        signal.run();
    }

    /** Nobody waits for these: what goes wrong in them must still be heard of. */
    private static void heed(CompletableFuture<?> work) {
        var _ = work.whenComplete((_, bug) -> {
            if (bug != null) {
                LOG.error("mirror failed", bug);
            }
        });
    }

    private List<MirrorRoot> rootsNow() {
        synchronized (lock) {
            return roots.all();
        }
    }

    private boolean isMirrored(String path) {
        synchronized (lock) {
            return roots.of(path) != null;
        }
    }
}
