package io.stead.schema.znode;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mirrored subtree. Single answers are taken in as they come; the result of a full reading, gathered over some time,
 * doesn't touch what was told or read singly meanwhile. Guarded by the mirror's lock.
 */
final class MirrorRoot {
    private final String path;
    private final Znodes.Watch watch;
    private final Map<String, Znode> live = new HashMap<>();
    private @Nullable Map<String, Znode> image;
    private @Nullable Set<String> takenMeanwhile;
    private boolean complete;

    MirrorRoot(String path, Znodes.Watch watch) {
        this.path = path;
        // An object of its own, since that is what a watch is told by.
        this.watch = (p, deleted, zxid) -> watch.changed(p, deleted, zxid);
    }

    String path() {
        return path;
    }

    Znodes.Watch watch() {
        return watch;
    }

    boolean isComplete() {
        return complete;
    }

    Map<String, Znode> image() {
        Map<String, Znode> known = image;
        if (known == null) {
            known = Collections.unmodifiableMap(new HashMap<>(live));
            image = known;
        }
        return known;
    }

    /** Returns false while an earlier reading is still under way. */
    boolean beginReading() {
        if (takenMeanwhile != null) {
            return false;
        }
        takenMeanwhile = new HashSet<>();
        return true;
    }

    /** Returns the number of changes; becoming complete is one. */
    int endReading(Read<Read.Subtree> read) {
        Set<String> taken = takenMeanwhile == null ? Set.of() : takenMeanwhile;
        takenMeanwhile = null;
        return switch (read) {
            case Read.Found<Read.Subtree> found -> replace(found.value().znodes(), taken);
            case Read.Absent<Read.Subtree> _ -> replace(Map.of(), taken);
            case Read.NotAllowed<Read.Subtree> _, Read.Failed<Read.Subtree> _ -> 0;
        };
    }

    /** Returns 1 if it changed anything. */
    int take(String at, Read<Znode> read) {
        int changes = switch (read) {
            case Read.Found<Znode> found -> put(found.value());
            case Read.Absent<Znode> _ -> remove(at);
            case Read.NotAllowed<Znode> _, Read.Failed<Znode> _ -> 0;
        };
        if (takenMeanwhile != null && !(read instanceof Read.Failed<Znode>)) {
            takenMeanwhile.add(at);
        }
        return changes;
    }

    private int replace(Map<String, Znode> read, Set<String> taken) {
        int changes = complete ? 0 : 1;
        complete = true;
        for (Znode znode : read.values()) {
            if (!taken.contains(znode.path())) {
                changes += put(znode);
            }
        }
        for (String known : Set.copyOf(live.keySet())) {
            if (!read.containsKey(known) && !taken.contains(known)) {
                changes += remove(known);
            }
        }
        return changes;
    }

    private int put(Znode znode) {
        Znode known = live.get(znode.path());
        // The same state keeps its object, by which what was parsed before is found again; an older one is the past.
        if (known != null && (known.isSameStateAs(znode) || znode.mzxid() < known.mzxid())) {
            return 0;
        }
        live.put(znode.path(), znode);
        image = null;
        return 1;
    }

    private int remove(String at) {
        if (live.remove(at) == null) {
            return 0;
        }
        image = null;
        return 1;
    }
}
