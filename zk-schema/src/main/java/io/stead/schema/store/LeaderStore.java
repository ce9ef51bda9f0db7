package io.stead.schema.store;

import io.stead.audit.Entry;
import io.stead.model.Epoch;
import io.stead.model.NodeId;
import io.stead.plan.Plan;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Decoded;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Image;
import io.stead.schema.znode.Mirror;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The leader's side: watches the whole cluster, takes office, commits plans. {@link #snapshot} belongs to one thread;
 * everything else is safe on any.
 */
public final class LeaderStore implements AutoCloseable {
    /** Entries of the history that are kept (design.md §7). */
    public static final int HISTORY_KEPT = 10_000;

    private static final Duration READ_AGAIN = Duration.ofSeconds(10);

    /** What the leader watches. */
    static final List<String> ROOTS = List.of(
            Layout.SERVICE_SPECS,
            Layout.REQUESTS,
            Layout.ANSWERS,
            Layout.MEMBERS,
            Layout.STATUS,
            Layout.SERVICE_HOLDINGS,
            Layout.REPORTS,
            Layout.OVERRIDES,
            Layout.SERVICE_ASSIGNMENTS,
            Layout.TRANSITIONS,
            Layout.MAINTENANCE,
            Layout.EPOCH);

    private final NodeId me;
    private final Znodes znodes;
    private final Mirror mirror;
    private final Views views = new Views();
    private final HistoryLimit history;
    private Optional<Seen> seen = Optional.empty();

    private record Seen(Image image, Snapshot snapshot) {}

    /** @param signal that the cluster has changed; it must not block */
    public LeaderStore(NodeId me, Znodes znodes, long newestZxid, Runnable signal) {
        this.me = me;
        this.znodes = znodes;
        this.history = new HistoryLimit(znodes, HISTORY_KEPT);
        this.mirror = new Mirror(znodes, READ_AGAIN, newestZxid, signal);
        ROOTS.forEach(mirror::add);
        mirror.start();
    }

    /** The cluster as it is known, the same object for as long as nothing changes; empty until all of it has been read. */
    @SuppressWarnings("ReferenceEquality")
    public Optional<Snapshot> snapshot() {
        Image image = mirror.image();
        if (!image.complete()) {
            return Optional.empty();
        }
        if (seen.filter(s -> s.image() == image).isEmpty()) {
            Map<String, Znode> all = new HashMap<>();
            image.roots().values().forEach(all::putAll);
            seen = Optional.of(new Seen(image, new Snapshot(views.cluster(all, Optional.of(me)), all)));
        }
        return seen.map(Seen::snapshot);
    }

    /** Bumps the epoch: from then on no earlier leader can change anything. Empty when it could not be done now. */
    public CompletableFuture<Optional<Office>> takeOffice() {
        return znodes.read(Layout.EPOCH).thenCompose(read -> {
            if (!(read instanceof Read.Found<Znode> found)) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            Znode znode = found.value();
            Epoch next = epoch(znode).next();
            Write bump = new Write.Set(Layout.EPOCH, Decoding.text(Codecs.EPOCH, next), znode.version());
            return mirror.write(List.of(bump))
                    .thenApply(outcome -> outcome instanceof WriteOutcome.Committed committed
                            ? Optional.of(taken(new Office(
                                    next, committed.written().getFirst().version())))
                            : Optional.empty());
        });
    }

    private Office taken(Office office) {
        history.trim(office);
        return office;
    }

    /**
     * Commits a plan upon the snapshot it was made from; the first transaction that is not committed ends it. What can never be
     * committed is left out: when everything else has been, the result is {@link CommitResult.Refused} and names it.
     */
    public CompletableFuture<CommitResult> commit(Office office, Snapshot basis, Plan plan, List<Entry> entries) {
        CompletableFuture<CommitResult> result = CompletableFuture.completedFuture(new CommitResult.Committed());
        Commit commit = Commit.of(office, basis, plan, entries);
        for (List<Write> transaction : commit.transactions()) {
            result = result.thenCompose(before -> before instanceof CommitResult.Committed
                    ? mirror.write(transaction).thenApply(outcome -> result(office, outcome))
                    : CompletableFuture.completedFuture(before));
        }
        return commit.leftOut().isEmpty()
                ? result
                : result.thenApply(before -> before instanceof CommitResult.Committed
                        ? new CommitResult.Refused(String.join("; ", commit.leftOut()))
                        : before);
    }

    @Override
    public void close() {
        mirror.close();
    }

    private CommitResult result(Office office, WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Committed committed -> {
                history.written(
                        office,
                        committed.written().stream()
                                .filter(w -> Layout.isWithin(Layout.HISTORY, w.path()))
                                .count());
                yield new CommitResult.Committed();
            }
            case WriteOutcome.Refused refused when refused.path().equals(Layout.EPOCH) -> new CommitResult.Deposed();
            case WriteOutcome.Refused refused
            when refused.cause() == WriteOutcome.Cause.NO_AUTH ->
                new CommitResult.Refused(refused.path() + ": its ACL does not let this agent write it");
            case WriteOutcome.Refused refused
            when refused.cause() == WriteOutcome.Cause.OTHER ->
                new CommitResult.Refused(refused.path() + ": ZooKeeper refuses it, see the log");
            case WriteOutcome.Refused refused -> {
                mirror.refresh();
                yield new CommitResult.Stale(refused.path());
            }
            case WriteOutcome.TooLarge large ->
                new CommitResult.Refused(
                        "%s: %d bytes, %d at most".formatted(large.what(), large.bytes(), large.limit()));
            case WriteOutcome.Unknown unknown -> {
                mirror.refresh();
                yield new CommitResult.Unknown(unknown.why());
            }
            case WriteOutcome.SessionGone _ -> new CommitResult.Unknown("the session is over");
        };
    }

    private static Epoch epoch(Znode znode) {
        return Decoding.decode(Codecs.EPOCH, znode.path(), znode.text()) instanceof Decoded.Parsed<Epoch> parsed
                ? parsed.value()
                : new Epoch(znode.version());
    }
}
