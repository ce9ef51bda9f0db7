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
                state,
                "");
    }

    /** The same in another state, for this reason. */
    public Run with(RunState next, String why) {
        return new Run(service, generation, incarnation, actions, parent, exclusive, stopGrace, next, why);
    }
}
