package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.MemberPhase;
import io.stead.model.reason.Reason;
import io.stead.model.service.Assignments;
import io.stead.model.service.Failure;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.service.Stopping;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns what nodes report into milestones (B17, B18, A22). What happened is written before the next thing may follow from
 * it: an owner whose stop has ended is removed by one plan, and the next one chooses.
 */
final class Milestones {
    private Milestones() {}

    /**
     * Failures that are long past steer nothing any more: a start that succeeds may be followed by the next failure at once. Where
     * it is not tried any more an operator is waited for. Those for which the parent goes elsewhere count as the parent's.
     */
    static void forgive(Draft draft, ServiceName service) {
        ServiceAssignment assignment = draft.assignment(service);
        if (assignment.failures().isEmpty()) {
            return;
        }
        FailurePolicy policy = draft.spec(service).map(ServiceSpec::failures).orElse(FailurePolicy.DEFAULT);
        List<Failure> fresh = assignment.failures().stream()
                .filter(f -> !Stops.countsForTheParent(draft, service, f))
                .filter(f -> (policy.isSpent(f.count()) && draft.view.lives(f.node(), f.incarnation()))
                        || f.last().plus(policy.window()).isAfter(draft.now.wall()))
                .toList();
        if (fresh.size() < assignment.failures().size()) {
            draft.keep(service, a -> Assignments.failures(a, fresh));
        }
    }

    /**
     * What was stopped or broken under an operator's hands is not to blame: when the maintenance is over it is started anew where it
     * was.
     */
    static void excuse(Draft draft) {
        Maintenance before = draft.view.maintenance();
        Maintenance after = draft.maintenance();
        if (before.equals(after)) {
            return;
        }
        for (ServiceAssignment assignment : draft.assignments()) {
            ServiceName service = assignment.service();
            for (Owner owner : assignment.owners()) {
                boolean isOver = isMaintained(before, service, owner) && !isMaintained(after, service, owner);
                if (isOver
                        && said(draft, service, owner)
                                .filter(Milestones::isGone)
                                .isPresent()) {
                    draft.keep(
                            service,
                            a -> Assignments.replace(
                                    Assignments.forgiven(a, owner.node()::equals), owner, Owner::toBeRestarted));
                }
            }
        }
    }

    private static boolean isGone(HoldingState said) {
        return said == HoldingState.LOST || said == HoldingState.FAILING;
    }

    private static boolean isMaintained(Maintenance maintenance, ServiceName service, Owner owner) {
        return maintenance.cluster().isPresent()
                || maintenance.services().containsKey(service)
                || maintenance.nodes().containsKey(owner.node());
    }

    static void record(Draft draft, ServiceName service) {
        for (Owner owner : draft.assignment(service).owners()) {
            Optional<Reason.InMaintenance> maintained = draft.maintained(owner.node());
            if (maintained.isPresent()) {
                draft.waits(service, maintained.get());
            } else if (draft.lives(owner)) {
                recordLiving(draft, service, owner);
            } else {
                Recoveries.decide(draft, service, owner);
            }
        }
    }

    private static void recordLiving(Draft draft, ServiceName service, Owner owner) {
        if (draft.membership().phase(owner.node()) == MemberPhase.FORCED_LEAVING) {
            draft.waits(service, new Reason.WaitingForSession(owner.node()));
        }
        if (owner.stopping().isPresent()) {
            recordStop(draft, service, owner);
        } else if (!owner.started()) {
            recordStart(draft, service, owner);
        } else {
            recordGone(draft, service, owner);
        }
    }

    /** A registered service of which its node says that it does not run any more. */
    private static void recordGone(Draft draft, ServiceName service, Owner owner) {
        Optional<HoldingState> said = said(draft, service, owner);
        if (said.isEmpty()) {
            return;
        }
        switch (said.get()) {
            case LOST -> gone(draft, service, owner, StopCause.LOST, "");
            case FAILING ->
                gone(
                        draft,
                        service,
                        owner,
                        StopCause.FAILING,
                        report(draft, service, owner, Verb.MONITOR)
                                .map(Report::detail)
                                .orElse(""));
            // Stopped or killed by itself, or interrupted while it did so, or not stopped quite: the service is not to
            // blame.
            case STOPPED, KILLED, UNKNOWN, RELEASE_FAILED ->
                stop(draft, service, owner, stopping(draft, StopCause.LEASE, ""), a -> a);
            case ACQUIRING, ONLINE, RELEASING, FAILED, FREE -> {}
        }
    }

    private static Stopping stopping(Draft draft, StopCause cause, String detail) {
        return new Stopping(cause, draft.now.wall(), detail);
    }

    /** To blame, unless it is to be restarted anyway: then it comes back where it was. */
    private static void gone(Draft draft, ServiceName service, Owner owner, StopCause cause, String detail) {
        Stopping stopping = stopping(draft, cause, detail);
        Optional<NodeId> there = Optional.of(owner.node());
        stop(
                draft,
                service,
                owner,
                stopping,
                owner.restart()
                        ? a -> Stops.leaving(a, owner, StopCause.RESTART, there)
                        : a -> Assignments.failed(a, owner, stopping.sentence(), draft.now));
    }

    private static void stop(
            Draft draft, ServiceName service, Owner owner, Stopping stopping, UnaryOperator<ServiceAssignment> and) {
        draft.change(
                service,
                new Reason.Stop(stopping, owner.node()),
                a -> and.apply(Assignments.replace(a, owner, o -> o.withStopping(stopping))));
    }

    private static void recordStart(Draft draft, ServiceName service, Owner owner) {
        Optional<Report> report = report(draft, service, owner, Verb.START);
        if (report.isEmpty()) {
            draft.waits(service, new Reason.Starting(owner.node()));
            return;
        }
        switch (report.get().outcome()) {
            case SUCCEEDED -> draft.keep(service, a -> started(a, owner, draft.now.wall()));
            case FAILED -> {
                String detail = report.get().detail();
                draft.recorded(service);
                draft.change(
                        service,
                        new Reason.StartFailed(owner.node(), detail),
                        a -> Assignments.failed(Assignments.remove(a, owner), owner, detail, draft.now));
            }
            case UNKNOWN ->
                stop(
                        draft,
                        service,
                        owner,
                        stopping(draft, StopCause.UNKNOWN_START, report.get().detail()),
                        a -> a);
        }
    }

    private static ServiceAssignment started(ServiceAssignment a, Owner owner, Instant at) {
        return Assignments.transfer(Assignments.replace(a, owner, o -> o.withStarted(at)), Optional.empty());
    }

    private static void recordStop(Draft draft, ServiceName service, Owner owner) {
        Optional<Report> report = report(draft, service, owner, Verb.STOP);
        if (report.isEmpty()) {
            draft.waits(service, new Reason.Stop(owner.stopping().orElseThrow(), owner.node()));
        } else if (report.get().outcome() == Outcome.SUCCEEDED) {
            draft.recorded(service);
            draft.change(service, new Reason.Stopped(owner.node()), a -> Assignments.remove(a, owner));
        } else {
            draft.waits(
                    service,
                    new Reason.Blocked(service, owner.node(), report.get().detail()));
        }
    }

    static Optional<Report> report(Draft draft, ServiceName service, Owner owner, Verb verb) {
        NodeReports reports = draft.view.reports().get(owner.node());
        return reports == null || !reports.incarnation().equals(owner.incarnation())
                ? Optional.empty()
                : reports.of(service, owner.generation(), verb);
    }

    private static Optional<HoldingState> said(Draft draft, ServiceName service, Owner owner) {
        for (Holding holding : draft.view.holdings().getOrDefault(service, List.of())) {
            if (holding.generation() == owner.generation() && owner.is(holding.node(), holding.incarnation())) {
                return Optional.of(holding.state());
            }
        }
        return Optional.empty();
    }
}
