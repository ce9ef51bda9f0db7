package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * The recovery of a service whose node was forced out (B20). Without a runner it is owed: the first able node pays it
 * before any start.
 *
 * @param runner where the recovery command runs now
 * @param failedOn where it has failed, in order; it is not tried there again until it is cleared
 */
public record Recovery(Optional<Runner> runner, List<NodeId> failedOn) {
    public static final Recovery OWED = new Recovery(Optional.empty(), List.of());

    public Recovery {
        failedOn = List.copyOf(failedOn);
    }

    /** One attempt: its node, that node's life, and the generation it was given. */
    public record Runner(NodeId node, Incarnation incarnation, long generation) {}
}
