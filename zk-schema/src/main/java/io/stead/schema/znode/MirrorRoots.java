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
        if (!isShown()) {
            Map<String, Map<String, Znode>> complete = new HashMap<>();
            for (MirrorRoot root : byPath.values()) {
                if (root.isComplete()) {
                    complete.put(root.path(), root.image());
                }
            }
            image = new Image(complete, byPath.size() == complete.size());
        }
        return image;
    }

    /** Asked many times a second, and mostly true. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isShown() {
        int complete = 0;
        for (MirrorRoot root : byPath.values()) {
            if (root.isComplete()) {
                complete++;
                if (image.roots().get(root.path()) != root.image()) {
                    return false;
                }
            }
        }
        return complete == image.roots().size() && image.complete() == (complete == byPath.size());
    }
}
