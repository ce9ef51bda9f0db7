package io.stead.model.member;

import io.stead.model.NodeId;
import java.time.Instant;
import java.util.Optional;

/**
 * What an operator asked of a node (A10, C11): it outlives sessions and restarts until it is taken back or expires.
 *
 * @param quiesced takes nothing new, keeps its own
 * @param drained quiesced, and everything is transferred away
 */
public record NodeOverride(
        NodeId node,
        boolean quiesced,
        boolean drained,
        String author,
        String reason,
        Instant since,
        Optional<Instant> expires) {
    public NodeOverride {
        if (drained && !quiesced) {
            throw new IllegalArgumentException("a drained node is a quiesced one");
        }
    }

    public boolean hasExpired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }
}
