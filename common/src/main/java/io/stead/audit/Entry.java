package io.stead.audit;

import io.stead.model.NodeId;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of history.
 *
 * @param at wall clock, for people
 * @param resource what it is about: {@code service license-server}, {@code node n1}, {@code request 7f3a…}
 * @param node the node it happened on, where there is one
 * @param what what has happened, as a clause without a subject: {@code registered on n2 (generation 8)}
 * @param why the reason as a clause, or empty
 */
public record Entry(Instant at, String resource, Optional<NodeId> node, String what, String why) {
    /** One line: {@code service db: registered on n2 (generation 8), because …}. */
    @Override
    public String toString() {
        return resource + ": " + what + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
