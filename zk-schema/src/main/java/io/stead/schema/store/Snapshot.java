package io.stead.schema.store;

import io.stead.model.view.ClusterView;
import io.stead.schema.znode.Znode;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as it was read, with the versions it was read at, so that what is decided upon it is committed upon nothing
 * else.
 *
 * @param znodes by path
 */
public record Snapshot(ClusterView view, Map<String, Znode> znodes) {
    Optional<Znode> at(String path) {
        return Optional.ofNullable(znodes.get(path));
    }
}
