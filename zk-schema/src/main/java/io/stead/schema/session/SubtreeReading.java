package io.stead.schema.session;

import io.stead.schema.znode.Read;
import io.stead.schema.znode.Znode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a subtree: many reads under way at once, and not so many that another reader of the session would have to
 * wait for them all. A znode that vanishes meanwhile is absent.
 */
final class SubtreeReading {
    private static final int UNDER_WAY_AT_MOST = 128;

    private final Handle handle;
    private final String root;
    private final CompletableFuture<Read<Read.Subtree>> result = new CompletableFuture<>();

    private final Object lock = new Object();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Map<String, Znode> found = new HashMap<>();
    private int underWay;

    SubtreeReading(Handle handle, String root) {
        this.handle = handle;
        this.root = root;
    }

    CompletableFuture<Read<Read.Subtree>> begin() {
        synchronized (lock) {
            underWay++; // until both are asked, however soon the first is answered
        }
        // The root's children are always asked for: it may get its first between the two answers.
        ask(() -> handle.getData(root, null, (rc, p, _, data, stat) -> node(rc, p, data, stat), null));
        ask(() -> handle.getChildren(root, null, (rc, p, _, names) -> children(rc, p, names), null));
        answered();
        return result;
    }

    private void node(int rc, String path, byte @Nullable [] data, Stat stat) {
        if (rc == Code.OK.intValue()) {
            if (ZooKeeperZnodes.found(path, data, stat) instanceof Read.Found<Znode> f) {
                keep(f.value());
            }
            if (stat.getNumChildren() > 0 && !path.equals(root)) {
                ask(() -> handle.getChildren(path, null, (r, p, _, names) -> children(r, p, names), null));
            }
        } else if (rc != Code.NONODE.intValue() || path.equals(root)) {
            var _ = result.complete(ZooKeeperZnodes.notFound(path, rc));
        }
        answered();
    }

    private void children(int rc, String path, @Nullable List<String> names) {
        if (rc == Code.OK.intValue() && names != null) {
            String prefix = path.equals("/") ? "/" : path + "/";
            for (String name : names) {
                ask(() -> handle.getData(prefix + name, null, (r, p, _, data, stat) -> node(r, p, data, stat), null));
            }
        } else if (rc != Code.NONODE.intValue()) {
            var _ = result.complete(ZooKeeperZnodes.notFound(path, rc));
        }
        answered();
    }

    private void keep(Znode znode) {
        synchronized (lock) {
            found.put(znode.path(), znode);
        }
    }

    private void ask(Runnable question) {
        synchronized (lock) {
            if (underWay >= UNDER_WAY_AT_MOST) {
                waiting.add(question);
                return;
            }
            underWay++;
        }
        question.run();
    }

    private void answered() {
        Runnable next;
        Map<String, Znode> all = Map.of();
        synchronized (lock) {
            next = result.isDone() ? null : waiting.poll();
            if (next == null) {
                underWay--;
                if (underWay > 0) {
                    return;
                }
                all = found;
            }
        }
        if (next != null) {
            next.run();
        } else {
            var _ = result.complete(new Read.Found<>(new Read.Subtree(all)));
        }
    }
}
