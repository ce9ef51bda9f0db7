package io.stead.model.service;

import io.stead.model.NodeId;
import java.util.Optional;

/**
 * The transfer intent (B21): visible until the service is registered again, or until its stop has ended and no node can
 * take it.
 *
 * @param to the node the operator named; for a restart, where it was
 * @param named whether an operator's word puts it where it goes
 */
public record Transfer(NodeId from, Optional<NodeId> to, StopCause cause, boolean named) {
    /** Whether it is to come back to where it was. */
    public boolean isRestart() {
        return cause == StopCause.RESTART;
    }
}
