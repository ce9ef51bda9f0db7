package io.stead.schema.znode;

import io.stead.schema.layout.Layout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live copy of some subtrees. Watches tell where to look, reading tells what is there; because watches don't replay
 * what happened while the connection was down, and could be missed, everything is read again after each connect and at
 * a period. A change that was merged with another or told twice is therefore harmless.
 *
 * <p>No state older than the newest transaction that this client has seen is taken in: each full reading lets the server
 * catch up first, and an answer never replaces a newer one. What {@link #write} commits is in the image when its outcome
 * arrives, so that the next decision sees it.
 *
 * <p>Safe on any thread. The signal comes on the thread of the answers and may come when nothing of interest changed.
 */
public final class Mirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    /** A storm of changes is shown at least this often, in changes. */
    private static final int SHOWN_AFTER = 256;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Znodes znodes;
    private final Duration period;
    private final Runnable signal;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stead-mirror").factory());

    private final Object lock = new Object();
    private final Map<String, MirrorRoot> roots = new HashMap<>();
    private long newestZxid;
    private long readNanos;
    private int pending;
    private int unshown;
    private boolean refreshing;
    private boolean owed = true;

    /**
     * A mirror of nothing yet.
     *
     * @param period after which everything is read again
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
        znodes.onConnect(this::refresh);
        var _ = timer.scheduleWithFixedDelay(this::lookAgain, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes a subtree in; the image lacks it until it has been read. Roots must not lie within each other. */
    public void add(String root) {
        MirrorRoot added = new MirrorRoot(root, this::changed);
        synchronized (lock) {
            if (roots.putIfAbsent(root, added) != null) {
                return;
            }
        }
        heed(znodes.sync().thenAccept(zxid -> {
            if (isCurrent(zxid)) {
                readAll(List.of(added));
            }
        }));
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
            Map<String, Map<String, Znode>> complete = new HashMap<>();
            for (MirrorRoot root : roots.values()) {
                if (root.isComplete()) {
                    complete.put(root.path(), root.image());
                }
            }
            return new Image(complete, roots.size() == complete.size());
        }
    }

    /** The newest transaction seen. */
    public long newestZxid() {
        synchronized (lock) {
            return newestZxid;
        }
    }

    /** Writes through the mirror; see {@link Znodes#write}. */
    public CompletableFuture<WriteOutcome> write(List<Write> writes) {
        CompletableFuture<WriteOutcome> outcome = znodes.write(writes);
        List<CompletableFuture<?>> all = new ArrayList<>(List.of(outcome));
        for (Write write : writes) {
            // Asked for after the write, so answered with what it did; the digits of a sequential path we don't know.
            if (!(write instanceof Write.Check) && isMirrored(write.path())) {
                all.add(look(write.path()));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).thenApply(_ -> {
            WriteOutcome result = outcome.join();
            if (result instanceof WriteOutcome.Committed c) {
                seen(c.zxid());
            }
            return result;
        });
    }

    /** Reads everything again. */
    public void refresh() {
        synchronized (lock) {
            owed = true;
            if (refreshing || roots.isEmpty()) {
                return;
            }
            refreshing = true;
            owed = false;
        }
        heed(znodes.sync().thenAccept(this::refreshed));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        List<MirrorRoot> left;
        synchronized (lock) {
            left = List.copyOf(roots.values());
            roots.clear();
        }
        left.forEach(r -> znodes.unwatch(r.path(), r.watch()));
    }

    private void lookAgain() {
        boolean due;
        synchronized (lock) {
            due = owed || System.nanoTime() - readNanos >= period.toNanos();
        }
        if (due) {
            refresh();
        }
    }

    private void refreshed(OptionalLong zxid) {
        List<MirrorRoot> all;
        synchronized (lock) {
            refreshing = false;
            if (!isCurrent(zxid)) {
                return;
            }
            readNanos = System.nanoTime();
            all = List.copyOf(roots.values());
        }
        readAll(all);
    }

    /** A server that lags behind what was seen shows the past: the next look asks again. */
    private boolean isCurrent(OptionalLong zxid) {
        synchronized (lock) {
            if (zxid.isEmpty() || zxid.getAsLong() < newestZxid) {
                owed = true;
                return false;
            }
            newestZxid = zxid.getAsLong();
            return true;
        }
    }

    private void readAll(List<MirrorRoot> some) {
        for (MirrorRoot root : some) {
            synchronized (lock) {
                if (roots.get(root.path()) != root || !root.beginReading()) {
                    continue;
                }
            }
            var _ = znodes.watch(root.path(), root.watch());
            heed(znodes.subtree(root.path()).thenAccept(read -> {
                synchronized (lock) {
                    unshown += root.endReading(read);
                    owed |= read instanceof Read.Failed<Read.Subtree>;
                }
                show();
            }));
        }
    }

    private void changed(String path, boolean deleted, long zxid) {
        synchronized (lock) {
            MirrorRoot root = rootOf(path);
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
                MirrorRoot root = rootOf(path);
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

    private void seen(long zxid) {
        synchronized (lock) {
            newestZxid = Math.max(newestZxid, zxid);
        }
    }

    private boolean isMirrored(String path) {
        synchronized (lock) {
            return rootOf(path) != null;
        }
    }

    private @Nullable MirrorRoot rootOf(String path) {
        for (String at = path; ; at = Layout.parent(at)) {
            MirrorRoot root = roots.get(at);
            if (root != null || at.equals("/")) {
                return root;
            }
        }
    }
}
