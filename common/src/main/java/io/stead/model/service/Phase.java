package io.stead.model.service;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * The state of a service (B22), derived from facts and stored nowhere:
 *
 * <pre>
 *   no owner, an allowable node is up, not mature   AWAITING_MATURITY
 *   no owner, given up                              FAILED
 *   no owner                                        DEREGISTERED
 *   owner gone after it had started                 RECOVERING
 *   owner is to stop                                STOPPING
 *   owner has started                               REGISTERED
 *   owner                                           STARTING
 * </pre>
 *
 * A state whose command is not defined is passed through within one decision. Declared from the least to the most advanced,
 * so that the least advanced of several owners can be shown.
 */
public enum Phase {
    AWAITING_MATURITY,
    FAILED,
    DEREGISTERED,
    RECOVERING,
    STOPPING,
    STARTING,
    REGISTERED;

    /** The phase of one owner; {@code lives} tells whether its incarnation is present. */
    public static Phase of(Owner owner, Predicate<Owner> lives) {
        if (owner.recovery().isPresent() || (owner.started() && !lives.test(owner))) {
            return RECOVERING;
        }
        if (owner.stopping().isPresent()) {
            return STOPPING;
        }
        return owner.started() ? REGISTERED : STARTING;
    }

    /** The phase of the service: that of its least advanced owner. */
    public static Phase of(ServiceAssignment assignment, Predicate<Owner> lives) {
        return assignment.owners().stream()
                .map(o -> of(o, lives))
                .min(Phase::compareTo)
                .orElseGet(() -> ofNobodys(assignment));
    }

    private static Phase ofNobodys(ServiceAssignment assignment) {
        if (assignment.gaveUp().isPresent()) {
            return FAILED;
        }
        return assignment.firstUp().isPresent() && !assignment.isMature() ? AWAITING_MATURITY : DEREGISTERED;
    }

    /** As written in tables and JSON: {@code awaiting-maturity}, {@code registered} … */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
