package io.stead.plan;

import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Assignments;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.Report;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of an owner whose life is over (B20):
 *
 * <pre>
 *   stop-grace not over                 wait
 *   had not started                     remove: there is nothing to recover
 *   no recovery command                 remove: the state is skipped, and the next choice may follow at once
 *   a runner is at work                 wait; succeeded: remove; failed, or its node gone: the next node
 *   no runner                           the best able node that has not failed yet; nobody: owed, or failed everywhere
 * </pre>
 */
final class Recoveries {
    private Recoveries() {}

    static void decide(Draft draft, ServiceName service, Owner owner) {
        Duration graceLeft = owner.stopGrace()
                .minus(draft.seen.age(new Observations.Sighting.Gone(owner.node(), owner.incarnation()), draft.now));
        if (owner.stopGrace().isPositive() && graceLeft.isPositive()) {
            draft.waits(service, new Reason.StopGrace(owner.node(), graceLeft), graceLeft);
        } else if (!owner.started()) {
            draft.change(service, new Reason.Lost(owner.node(), true), a -> Assignments.remove(a, owner));
        } else if (!owner.actions().has(Verb.RECOVERY)) {
            draft.change(service, new Reason.Lost(owner.node(), false), a -> Assignments.remove(a, owner));
        } else {
            recover(draft, service, owner, owner.recovery().orElseGet(() -> Recovery.owed(draft.now.wall())));
        }
    }

    /** Whether the forced leave of the owner's node need not wait for it any more: what can be done at once is done (B8). */
    static boolean isSettled(Owner owner) {
        return owner.recovery().isPresent() && owner.recovery().get().runner().isEmpty();
    }

    private static void recover(Draft draft, ServiceName service, Owner owner, Recovery recovery) {
        if (recovery.runner().isEmpty()) {
            assign(draft, service, owner, recovery);
            return;
        }
        Recovery.Runner runner = recovery.runner().get();
        if (!draft.view.lives(runner.node(), runner.incarnation())) {
            assign(draft, service, owner, recovery.unrun());
            return;
        }
        Optional<Report> report = report(draft, service, runner);
        if (report.isEmpty()) {
            draft.waits(service, new Reason.Recovering(runner.node()));
        } else if (report.get().outcome() == Outcome.SUCCEEDED) {
            draft.recorded(service);
            draft.change(service, new Reason.Recovered(runner.node()), a -> Assignments.remove(a, owner));
        } else {
            assign(
                    draft,
                    service,
                    owner,
                    recovery.failed(runner.node(), report.get().detail()));
        }
    }

    private static void assign(Draft draft, ServiceName service, Owner owner, Recovery recovery) {
        Placement placement = draft.spec(draft.groupings.root(service))
                .map(ServiceSpec::placement)
                .orElse(Placement.ANYWHERE);
        List<Field.Runner> able = Choosing.able(draft, placement, Set.copyOf(recovery.failedOn()));
        if (able.isEmpty()) {
            owe(draft, service, owner, recovery, Choosing.nobody(draft, placement));
            return;
        }
        // An earlier failed start is no reason to wait with a recovery.
        Field.Runner best = able.stream()
                .min(Choosing.order(service, placement, FailurePolicy.DEFAULT, draft.assignment(service)))
                .orElseThrow();
        draft.change(service, new Reason.ToRecover(Choosing.chosen(placement, best, able.size())), a -> {
            long generation = a.generation() + 1;
            Recovery.Runner runner = new Recovery.Runner(best.node, best.life(), generation);
            return Assignments.generation(
                    Assignments.replace(a, owner, o -> o.withRecovery(recovery.runBy(runner))), generation);
        });
    }

    private static void owe(Draft draft, ServiceName service, Owner owner, Recovery recovery, Reason nobody) {
        Reason reason = recovery.failedOn().isEmpty()
                ? new Reason.RecoveryOwed(nobody)
                : new Reason.RecoveryFailed(service, recovery.failedOn(), recovery.detail());
        if (owner.recovery().equals(Optional.of(recovery))) {
            draft.waits(service, reason);
        } else {
            draft.change(service, reason, a -> Assignments.replace(a, owner, o -> o.withRecovery(recovery)));
        }
    }

    private static Optional<Report> report(Draft draft, ServiceName service, Recovery.Runner runner) {
        NodeReports reports = draft.view.reports().get(runner.node());
        return reports == null || !reports.incarnation().equals(runner.incarnation())
                ? Optional.empty()
                : reports.of(service, runner.generation(), Verb.RECOVERY);
    }
}
