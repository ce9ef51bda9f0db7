package io.stead.schema.store;

import io.stead.model.view.ClusterView;
import io.stead.model.view.Unreadable;
import io.stead.schema.layout.Layout;
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
    /** What concerns the whole cluster and can't be read: nothing may be decided upon this snapshot. */
    public Optional<Unreadable> obstacle() {
        return view.unreadable().stream()
                .filter(u -> u.path().equals(Layout.TRANSITIONS) || u.path().equals(Layout.EPOCH))
                .findFirst();
    }

    /** Whether somebody else has written the epoch, legibly or not. */
    public boolean isUnderAnotherEpoch(Office office) {
        return at(Layout.EPOCH).filter(z -> z.version() > office.version()).isPresent();
    }

    Optional<Znode> at(String path) {
        return Optional.ofNullable(znodes.get(path));
    }
}
