package io.stead.schema.znode;

import java.util.Map;
import java.util.Optional;

/**
 * What a mirror knew at one moment. An unchanged znode is the same object in the next image, and the next image is the same
 * object where nothing has changed at all.
 *
 * @param roots by root, then by path; a root that was never read is absent
 * @param complete whether every root has been read
 */
public record Image(Map<String, Map<String, Znode>> roots, boolean complete) {
    /** The subtree of a root, empty where it has not been read. */
    public Map<String, Znode> under(String root) {
        return roots.getOrDefault(root, Map.of());
    }

    public boolean has(String root) {
        return roots.containsKey(root);
    }

    /** A znode of a mirrored subtree. */
    public Optional<Znode> at(String root, String path) {
        return Optional.ofNullable(under(root).get(path));
    }
}
