package io.stead.plan;

import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Assignments;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The maturity of the cluster for one service (B14). It latches, until no allowable node is up. A service that awaits nothing
 * ({@link Maturity#AT_ONCE}) has no latch, so that a cluster coming up writes nothing for it.
 */
final class Maturing {
    private Maturing() {}

    /**
     * Moves the latch, and tells whether it holds.
     *
     * @param wanted whether the service is wanted at all: nothing is awaited for one that is not
     */
    static boolean isMature(Draft draft, ServiceName service, Placement placement, boolean wanted) {
        ServiceAssignment assignment = draft.assignment(service);
        if (placement.maturity().equals(Maturity.AT_ONCE)) {
            if (assignment.firstUp().isPresent() && !assignment.isMature()) {
                open(draft, service, new Reason.Mature("it awaits nothing any more"));
            }
            return wanted;
        }
        if (!anyUp(draft, placement)) {
            if (assignment.firstUp().isPresent() || assignment.isMature()) {
                open(draft, service, new Reason.NoNodeUp());
            }
            return false;
        }
        if (!wanted) {
            if (assignment.firstUp().isPresent() && !assignment.isMature()) {
                open(draft, service, new Reason.NotWanted(assignment.wanted().isPresent()));
            }
            return false;
        }
        return assignment.isMature() || ripens(draft, service, placement, assignment);
    }

    private static void open(Draft draft, ServiceName service, Reason reason) {
        draft.change(service, reason, a -> Assignments.latch(a, Optional.empty(), Optional.empty()));
    }

    private static boolean ripens(Draft draft, ServiceName service, Placement placement, ServiceAssignment assignment) {
        Instant firstUp = assignment.firstUp().orElse(earliestUp(draft, placement));
        int up = countUp(draft, placement);
        Optional<Reason> because = because(draft, placement, up, firstUp);
        if (isRegistered(assignment)) {
            // Transfer and recovery never wait for what it has once been started without (B14).
            draft.keep(service, a -> Assignments.latch(a, Optional.of(draft.now.wall()), Optional.of(firstUp)));
            return true;
        }
        if (because.isPresent()) {
            draft.change(
                    service,
                    because.get(),
                    a -> Assignments.latch(a, Optional.of(draft.now.wall()), Optional.of(firstUp)));
            return true;
        }
        Maturity maturity = placement.maturity();
        Duration left = maturity.time()
                .map(t -> t.minus(Duration.between(firstUp, draft.now.wall())))
                .orElse(Duration.ZERO);
        Reason waiting = new Reason.AwaitingMaturity(up, maturity.count().orElse(0), left);
        if (assignment.firstUp().isEmpty()) {
            draft.change(service, waiting, a -> Assignments.latch(a, Optional.empty(), Optional.of(firstUp)));
        }
        draft.waits(service, waiting);
        if (left.isPositive()) {
            draft.reconsiderIn(left);
        }
        return false;
    }

    private static boolean isRegistered(ServiceAssignment assignment) {
        return assignment.owners().stream().anyMatch(Owner::started);
    }

    private static Optional<Reason> because(Draft draft, Placement placement, int up, Instant firstUp) {
        Maturity maturity = placement.maturity();
        if (primaryUp(draft, placement)) {
            return Optional.of(new Reason.Mature("a primary node is up"));
        }
        if (maturity.count().isPresent() && up >= maturity.count().get()) {
            return Optional.of(new Reason.Mature(up + " allowed nodes are up"));
        }
        if (maturity.time().isPresent()
                && !draft.now.wall().isBefore(firstUp.plus(maturity.time().get()))) {
            return Optional.of(new Reason.Mature("its maturity time has passed"));
        }
        return Optional.empty();
    }

    private static boolean primaryUp(Draft draft, Placement placement) {
        if (placement.prefer().isEmpty()) {
            return false;
        }
        for (Field.Runner runner : draft.field().all()) {
            if (runner.up && placement.prefer().contains(runner.node) && placement.rank(runner.node) == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyUp(Draft draft, Placement placement) {
        for (Field.Runner runner : draft.field().all()) {
            if (runner.up && placement.isAllowed(runner.node)) {
                return true;
            }
        }
        return false;
    }

    /** A service that is applied to a cluster which has long been up does not wait as if it had just come up. */
    private static Instant earliestUp(Draft draft, Placement placement) {
        Instant earliest = draft.now.wall();
        for (Field.Runner runner : draft.field().all()) {
            if (runner.up && placement.isAllowed(runner.node) && runner.since.isBefore(earliest)) {
                earliest = runner.since;
            }
        }
        return earliest;
    }

    private static int countUp(Draft draft, Placement placement) {
        int up = 0;
        for (Field.Runner runner : draft.field().all()) {
            if (runner.up && placement.isAllowed(runner.node)) {
                up++;
            }
        }
        return up;
    }
}
