package io.stead.reconcile;

import io.stead.model.Incarnation;
import io.stead.model.ServiceName;
import io.stead.model.service.Owner;
import io.stead.model.spec.Actions;
import java.time.Duration;
import java.util.Optional;

/**
 * One service on this node, as kept on its disk: written before the start it speaks of, so that no crash makes the node
 * forget what it may have begun (A22).
 *
 * @param contained whether processes of it are in its container: when they are gone it is lost, and killing them ends it. Of
 *     what has none, a claimed service (B24) or one whose start leaves nothing running, only its stop command is the end
 * @param detail why it failed, for people
 */
public record Run(
        ServiceName service,
        long generation,
        Incarnation incarnation,
        Actions actions,
        Optional<ServiceName> parent,
        boolean exclusive,
        Duration stopGrace,
        boolean contained,
        RunState state,
        String detail) {
    static Run of(ServiceName service, Owner owner, RunState state) {
        return new Run(
                service,
                owner.generation(),
                owner.incarnation(),
                owner.actions(),
                owner.parent(),
                owner.exclusive(),
                owner.stopGrace(),
                !owner.started(),
                state,
                "");
    }

    /** Whether nothing of it runs, and its stop command is all that is left to do. */
    public boolean isGone() {
        return state == RunState.LOST || state == RunState.KILLED;
    }

    /** The same in another state, for this reason. */
    public Run with(RunState next, String why) {
        return new Run(service, generation, incarnation, actions, parent, exclusive, stopGrace, contained, next, why);
    }

    /** The same after its start: with processes in its container, or without. */
    public Run contained(boolean hasProcesses) {
        return new Run(
                service, generation, incarnation, actions, parent, exclusive, stopGrace, hasProcesses, state, detail);
    }
}
