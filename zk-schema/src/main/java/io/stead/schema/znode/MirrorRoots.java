package io.stead.schema.znode;

import io.stead.schema.layout.Layout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subtrees of a mirror, none within another. Guarded by the mirror's lock. */
final class MirrorRoots {
    private final Map<String, MirrorRoot> byPath = new HashMap<>();
    private Image image = new Image(Map.of(), true);

    /** Returns false if it is there already. */
    boolean add(MirrorRoot root) {
        return byPath.putIfAbsent(root.path(), root) == null;
    }

    @Nullable
    MirrorRoot remove(String path) {
        return byPath.remove(path);
    }

    boolean has(MirrorRoot root) {
        return byPath.get(root.path()) == root;
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    List<MirrorRoot> all() {
        return List.copyOf(byPath.values());
    }

    /** The root that a path lies within. */
    @Nullable
    MirrorRoot of(String path) {
        for (String at = path; ; at = Layout.parent(at)) {
            MirrorRoot root = byPath.get(at);
            if (root != null || at.equals("/")) {
                return root;
            }
        }
    }

    /** How many znodes there are in all. */
    int znodes() {
        return byPath.values().stream().mapToInt(root -> root.image().size()).sum();
    }

    /** The same object for as long as nothing changes. */
    Image image() {
        Map<String, Map<String, Znode>> complete = new HashMap<>();
        for (MirrorRoot root : byPath.values()) {
            if (root.isComplete()) {
                complete.put(root.path(), root.image());
            }
        }
        boolean whole = byPath.size() == complete.size();
        if (whole != image.complete() || !isSame(complete, image.roots())) {
            image = new Image(complete, whole);
        }
        return image;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Map<String, Map<String, Znode>> roots, Map<String, Map<String, Znode>> before) {
        return roots.size() == before.size()
                && roots.entrySet().stream().allMatch(e -> e.getValue() == before.get(e.getKey()));
    }
}
