package io.stead.schema.session;

import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Znodes over a session, by the handle it has at the moment. Curator is left out of the way here: it would repeat a
 * write whose outcome it doesn't know. While there is no connection every question is answered at once, by saying so: the
 * client would keep it for a connection of its own, which the session may not wait for.
 */
final class ZooKeeperZnodes implements Znodes {
    private static final String NOT_CONNECTED = "not connected";

    private final Session session;
    private final Transactions transactions;
    /** By the object: ZooKeeper's client, too, tells watches so. */
    private final IdentityHashMap<Watch, Watching> watchers = new IdentityHashMap<>();

    private @Nullable Handle watched;

    private record Watching(Watcher watcher, Set<String> roots) {}

    ZooKeeperZnodes(Session session, Acls acls) {
        this.session = session;
        this.transactions = new Transactions(session, acls);
        session.onConnect(this::watchAgain);
    }

    private static <T> CompletableFuture<Read<T>> unasked() {
        return CompletableFuture.completedFuture(new Read.Failed<>(NOT_CONNECTED));
    }

    private boolean isConnected() {
        return session.state() instanceof SessionState.Connected;
    }

    @Override
    public CompletableFuture<Read<Znode>> read(String path) {
        if (!isConnected()) {
            return unasked();
        }
        CompletableFuture<Read<Znode>> answer = new CompletableFuture<>();
        session.handle()
                .getData(
                        path,
                        null,
                        (rc, _, _, data, stat) -> {
                            var _ = answer.complete(
                                    rc == Code.OK.intValue() ? found(path, data, stat) : notFound(path, rc));
                        },
                        null);
        return answer;
    }

    @Override
    public CompletableFuture<Read<Read.Subtree>> subtree(String root) {
        if (!isConnected()) {
            return unasked();
        }
        Handle handle = session.handle();
        return new SubtreeReading(handle, root).begin().thenApply(read -> isCurrent(handle) ? read : superseded());
    }

    /** What a handle has told that was let go of since may be older than what its successor has. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Handle handle) {
        return session.handle() == handle;
    }

    private static <T> Read<T> superseded() {
        return new Read.Failed<>("another server is asked now");
    }

    @Override
    public CompletableFuture<Read<List<String>>> children(String path) {
        if (!isConnected()) {
            return unasked();
        }
        CompletableFuture<Read<List<String>>> answer = new CompletableFuture<>();
        session.handle()
                .getChildren(
                        path,
                        null,
                        (rc, _, _, names) -> {
                            var _ = answer.complete(
                                    rc == Code.OK.intValue() && names != null
                                            ? new Read.Found<>(List.copyOf(names))
                                            : notFound(path, rc));
                        },
                        null);
        return answer;
    }

    @Override
    public CompletableFuture<WriteOutcome> write(List<Write> writes) {
        switch (session.state()) {
            case SessionState.Connected _ -> {}
            case SessionState.Gone _ -> {
                return CompletableFuture.completedFuture(new WriteOutcome.SessionGone());
            }
            case SessionState.Connecting _, SessionState.Suspended _ -> {
                return CompletableFuture.completedFuture(new WriteOutcome.Unknown(NOT_CONNECTED));
            }
        }
        return transactions.commit(writes);
    }

    @Override
    public CompletableFuture<OptionalLong> sync() {
        if (!isConnected()) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
        Handle handle = session.handle();
        handle.sync(
                "/",
                (rc, _, _) -> {
                    var _ = answer.complete(
                            rc == Code.OK.intValue() ? OptionalLong.of(handle.newestZxid()) : OptionalLong.empty());
                },
                null);
        return answer;
    }

    @Override
    public long shown() {
        return session.handle().newestZxid();
    }

    @Override
    public CompletableFuture<Boolean> watch(String root, Watch watch) {
        Watching watching;
        synchronized (watchers) {
            watching = watchers.computeIfAbsent(watch, w -> new Watching(event -> tell(w, event), new HashSet<>()));
            watching.roots.add(root);
        }
        return watch(root, watching.watcher);
    }

    private CompletableFuture<Boolean> watch(String root, Watcher watcher) {
        if (!isConnected()) {
            // It is set with the others after the next connect.
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        session.handle()
                .addWatch(
                        root,
                        watcher,
                        AddWatchMode.PERSISTENT_RECURSIVE,
                        (rc, _, _) -> {
                            var _ = answer.complete(rc == Code.OK.intValue());
                        },
                        null);
        return answer;
    }

    /** A handle remembers its own watches over its own connections; a fresh one knows of none. */
    @SuppressWarnings("ReferenceEquality")
    private void watchAgain() {
        synchronized (watchers) {
            if (session.handle() == watched) {
                return;
            }
            watched = session.handle();
            for (Watching watching : watchers.values()) {
                for (String root : watching.roots) {
                    var _ = watch(root, watching.watcher);
                }
            }
        }
    }

    @Override
    public void unwatch(String root, Watch watch) {
        Watcher gone = null;
        synchronized (watchers) {
            Watching watching = watchers.get(watch);
            if (watching != null && watching.roots.remove(root)) {
                gone = watching.watcher;
                if (watching.roots.isEmpty()) {
                    watchers.remove(watch);
                }
            }
        }
        if (gone != null) {
            session.handle().removeWatches(root, gone, WatcherType.Any, true, (_, _, _) -> {}, null);
        }
    }

    @Override
    public void onConnect(Runnable signal) {
        session.onConnect(signal);
    }

    @Override
    public void offConnect(Runnable signal) {
        session.offConnect(signal);
    }

    private void tell(Watch watch, WatchedEvent event) {
        String path = event.getPath();
        synchronized (watchers) {
            // Taken back, and the server doesn't know yet.
            if (path == null || !watchers.containsKey(watch)) {
                return;
            }
        }
        switch (event.getType()) {
            case NodeCreated, NodeDataChanged -> watch.changed(path, false, event.getZxid());
            case NodeDeleted -> watch.changed(path, true, event.getZxid());
            // Not about znodes, or not told to a recursive watch.
            case None, NodeChildrenChanged, DataWatchRemoved, ChildWatchRemoved, PersistentWatchRemoved -> {}
        }
    }

    static Read<Znode> found(String path, byte @Nullable [] data, Stat stat) {
        return new Read.Found<>(new Znode(
                path,
                data == null ? "" : new String(data, StandardCharsets.UTF_8),
                stat.getVersion(),
                stat.getCzxid(),
                stat.getMzxid(),
                stat.getEphemeralOwner()));
    }

    static <T> Read<T> notFound(String path, int rc) {
        Code code = Code.get(rc);
        return switch (code) {
            case NONODE -> new Read.Absent<>();
            case NOAUTH -> new Read.NotAllowed<>(path);
            default -> new Read.Failed<>(code.name());
        };
    }
}
