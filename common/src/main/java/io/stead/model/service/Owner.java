package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Actions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One node's charge of one service, with its milestones: what has happened is written before the next thing may follow from
 * it. That a service has stopped, or was recovered, is recorded by removing its owner.
 *
 * @param generation grows with each owner of the service; the fencing token of its actions (A22)
 * @param actions those of the spec when the charge was given; they serve until it ends (design.md §7)
 * @param parent where it was placed with a parent (B16): kept, so that children stop first even when specs are deleted or
 *     placed anew meanwhile
 * @param exclusive whether no other node may run the service meanwhile
 * @param named whether an operator's word put it here: it is not sent back by itself before a preferred node joins anew
 * @param restart whether it is to be stopped and started again, at an operator's word
 * @param startedAt when the start command had succeeded: from then on the service is registered here (B17)
 */
public record Owner(
        NodeId node,
        Incarnation incarnation,
        long generation,
        Actions actions,
        Optional<ServiceName> parent,
        boolean exclusive,
        Duration stopGrace,
        Instant since,
        boolean named,
        boolean restart,
        Optional<Instant> startedAt,
        Optional<Stopping> stopping,
        Optional<Recovery> recovery) {
    public Owner {
        if (generation < 1) {
            throw new IllegalArgumentException("generation " + generation + ": the first is 1");
        }
    }

    /** Whether the owner is that node in that life. */
    public boolean is(NodeId someNode, Incarnation someIncarnation) {
        return node.equals(someNode) && incarnation.equals(someIncarnation);
    }

    /** Whether it is, or was until its node was lost, registered here. */
    public boolean started() {
        return startedAt.isPresent();
    }

    public Owner withStarted(Instant at) {
        return with(restart, Optional.of(at), stopping, recovery);
    }

    public Owner toBeRestarted() {
        return with(true, startedAt, stopping, recovery);
    }

    public Owner withStopping(Stopping next) {
        return with(restart, startedAt, Optional.of(next), recovery);
    }

    public Owner withRecovery(Recovery next) {
        return with(restart, startedAt, stopping, Optional.of(next));
    }

    private Owner with(
            boolean restarts, Optional<Instant> started, Optional<Stopping> stops, Optional<Recovery> recovers) {
        return new Owner(
                node,
                incarnation,
                generation,
                actions,
                parent,
                exclusive,
                stopGrace,
                since,
                named,
                restarts,
                started,
                stops,
                recovers);
    }
}
