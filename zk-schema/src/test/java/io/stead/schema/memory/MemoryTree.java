package io.stead.schema.memory;

import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.WriteOutcome.Cause;
import io.stead.schema.znode.WriteOutcome.Written;
import io.stead.schema.znode.Znode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one tree behind all {@link MemoryZnodes}: what a ZooKeeper ensemble would hold. It knows nothing of ACLs. Safe on any thread;
 * watches are called while it is locked, so that all sessions see one order.
 */
public final class MemoryTree {
    private final List<MemoryZnodes> sessions = new ArrayList<>();
    private Map<String, Znode> znodes = new TreeMap<>();
    private Map<String, Integer> sequences = new HashMap<>();
    private long zxid;

    /** An empty tree, with its root. */
    public MemoryTree() {
        znodes.put("/", new Znode("/", "", 0, 0, 0, 0));
    }

    /** A client of its own. */
    public synchronized MemoryZnodes session(long id) {
        MemoryZnodes session = new MemoryZnodes(this, id);
        sessions.add(session);
        return session;
    }

    /** Ends a session: its ephemeral znodes vanish in one transaction, and it is never answered again. */
    public synchronized void end(MemoryZnodes session) {
        session.end();
        Map<String, Boolean> changes = new LinkedHashMap<>();
        for (Znode znode : List.copyOf(znodes.values())) {
            if (znode.ephemeralOwner() == session.id()) {
                znodes.remove(znode.path());
                changes.put(znode.path(), true);
            }
        }
        zxid++;
        tell(changes);
    }

    synchronized long zxid() {
        return zxid;
    }

    synchronized Optional<Znode> get(String path) {
        return Optional.ofNullable(znodes.get(path));
    }

    synchronized Map<String, Znode> under(String root) {
        Map<String, Znode> found = new HashMap<>();
        znodes.values().stream().filter(z -> Layout.isWithin(root, z.path())).forEach(z -> found.put(z.path(), z));
        return found;
    }

    synchronized List<String> children(String parent) {
        return znodes.keySet().stream()
                .filter(p -> !p.equals(parent) && Layout.parent(p).equals(parent))
                .map(Layout::name)
                .toList();
    }

    /** All of the steps or none. */
    synchronized WriteOutcome commit(MemoryZnodes by, List<Write> writes) {
        Map<String, Znode> before = new TreeMap<>(znodes);
        Map<String, Integer> sequencesBefore = new HashMap<>(sequences);
        Map<String, Boolean> changes = new LinkedHashMap<>();
        List<Written> written = new ArrayList<>();
        zxid++;
        for (int i = 0; i < writes.size(); i++) {
            Step step = apply(by, writes.get(i));
            if (step.refusal().isPresent()) {
                znodes = before;
                sequences = sequencesBefore;
                return new WriteOutcome.Refused(
                        i, writes.get(i).path(), step.refusal().get());
            }
            written.add(step.written());
            if (!(writes.get(i) instanceof Write.Check)) {
                changes.put(step.written().path(), writes.get(i) instanceof Write.Delete);
            }
        }
        tell(changes);
        return new WriteOutcome.Committed(written, zxid, by.connection());
    }

    private record Step(Written written, Optional<Cause> refusal) {
        static Step done(String path, int version) {
            return new Step(new Written(path, version), Optional.empty());
        }

        static Step refused(Cause cause) {
            return new Step(new Written("", 0), Optional.of(cause));
        }
    }

    private Step apply(MemoryZnodes by, Write write) {
        return switch (write) {
            case Write.Create c -> create(by, c);
            case Write.Set s -> {
                Znode old = znodes.get(s.path());
                if (old == null) {
                    yield Step.refused(Cause.NO_NODE);
                }
                if (isAnother(s.version(), old)) {
                    yield Step.refused(Cause.BAD_VERSION);
                }
                Znode next = new Znode(s.path(), s.text(), old.version() + 1, old.czxid(), zxid, old.ephemeralOwner());
                znodes.put(s.path(), next);
                yield Step.done(s.path(), next.version());
            }
            case Write.Delete d -> {
                Znode old = znodes.get(d.path());
                if (old == null) {
                    yield Step.refused(Cause.NO_NODE);
                }
                if (isAnother(d.version(), old)) {
                    yield Step.refused(Cause.BAD_VERSION);
                }
                if (under(d.path()).size() > 1) {
                    yield Step.refused(Cause.NOT_EMPTY);
                }
                znodes.remove(d.path());
                yield Step.done(d.path(), d.version());
            }
            case Write.Check c -> {
                Znode old = znodes.get(c.path());
                if (old == null) {
                    yield Step.refused(Cause.NO_NODE);
                }
                yield isAnother(c.version(), old) ? Step.refused(Cause.BAD_VERSION) : Step.done(c.path(), c.version());
            }
        };
    }

    private Step create(MemoryZnodes by, Write.Create create) {
        String parent = Layout.parent(create.path());
        Znode above = znodes.get(parent);
        if (above == null) {
            return Step.refused(Cause.NO_NODE);
        }
        if (above.isEphemeral()) {
            return Step.refused(Cause.OTHER);
        }
        String path = create.path();
        if (create.mode() == Write.Mode.PERSISTENT_SEQUENTIAL) {
            path += "%010d".formatted(sequences.merge(parent, 1, Integer::sum) - 1);
        }
        if (znodes.containsKey(path)) {
            return Step.refused(Cause.NODE_EXISTS);
        }
        long owner = create.mode() == Write.Mode.EPHEMERAL ? by.id() : 0;
        znodes.put(path, new Znode(path, create.text(), 0, zxid, zxid, owner));
        return Step.done(path, 0);
    }

    private static boolean isAnother(int version, Znode znode) {
        return version != Write.ANY_VERSION && version != znode.version();
    }

    private void tell(Map<String, Boolean> deletedByPath) {
        List<MemoryZnodes> all = List.copyOf(sessions);
        deletedByPath.forEach((path, deleted) -> all.forEach(s -> s.tell(path, deleted, zxid)));
    }
}
