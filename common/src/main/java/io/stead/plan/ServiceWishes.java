package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Spans;
import io.stead.model.member.MemberPhase;
import io.stead.model.reason.Reason;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.Assignments;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Phase;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.service.Transfer;
import io.stead.model.spec.Policy;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What operators ask of a service (B21, B24): carried out on the draft, or refused with the reason and the mend. */
final class ServiceWishes {
    private ServiceWishes() {}

    /**
     * Carries out the wish, whose node is known; each one that changes anything has a generation of its own. Else why it is
     * refused.
     */
    static Optional<String> carryOut(Draft draft, Request request, ServiceName service) {
        return switch (request.wish()) {
            case Wish.Register w -> register(draft, request, w);
            case Wish.Deregister w -> deregister(draft, request, service);
            case Wish.Transfer w -> transfer(draft, request, w);
            case Wish.Restart w -> restart(draft, request, w);
            case Wish.Clear w -> clear(draft, request, w);
            case Wish.Quiesce w -> throw notOfAService(w);
            case Wish.Resume w -> throw notOfAService(w);
            case Wish.Drain w -> throw notOfAService(w);
            case Wish.Leave w -> throw notOfAService(w);
            case Wish.Join w -> throw notOfAService(w);
            case Wish.ForceLeave w -> throw notOfAService(w);
            case Wish.DeleteNode w -> throw notOfAService(w);
            case Wish.Maintain w -> throw notOfAService(w);
        };
    }

    private static IllegalArgumentException notOfAService(Wish wish) {
        return new IllegalArgumentException(wish + " is no wish about a service");
    }

    private static Optional<String> register(Draft draft, Request request, Wish.Register wish) {
        Optional<ServiceSpec> found = draft.spec(wish.service());
        if (found.isEmpty()) {
            return Optional.of("the spec of service " + wish.service() + " was deleted: apply it again");
        }
        ServiceSpec spec = found.get();
        ServiceAssignment assignment = draft.assignment(wish.service());
        boolean returns = wish.node().isEmpty() && !Stops.isWanted(draft, spec);
        if (spec.placement().policy() == Policy.ONE && !assignment.owners().isEmpty() && !returns) {
            return Optional.of(taken(draft, assignment));
        }
        if (wish.node().isEmpty()) {
            draft.change(
                    wish.service(),
                    new Reason.Asked("registered", request.author(), request.reason()),
                    a -> bumped(Assignments.wanted(a, true)));
            return Optional.empty();
        }
        return registerOn(draft, request, spec, wish.node().get(), wish.started());
    }

    private static String taken(Draft draft, ServiceAssignment assignment) {
        Phase phase = Phase.of(assignment, draft::lives);
        String mend = phase == Phase.REGISTERED
                ? "use `stead transfer` to move it"
                : assignment.owners().stream().anyMatch(ServiceWishes::hasFailedRecovery)
                        ? "its recovery has failed; recover it by hand, then `stead clear " + assignment.service() + "`"
                        : "wait until that has ended";
        return "service %s is %s on %s already: %s"
                .formatted(
                        assignment.service(),
                        phase.word(),
                        assignment.owners().getFirst().node(),
                        mend);
    }

    private static Optional<String> registerOn(
            Draft draft, Request request, ServiceSpec spec, NodeId node, boolean started) {
        if (spec.parent().isPresent()) {
            return Optional.of("service %s is placed where its parent %s is: register that one"
                    .formatted(spec.name(), spec.parent().get()));
        }
        if (draft.assignment(spec.name()).ownerOn(node).isPresent()) {
            return Optional.of("service " + spec.name() + " is on " + node + " already");
        }
        if (draft.assignment(spec.name()).owners().stream().anyMatch(Owner::exclusive)) {
            return Optional.of(taken(draft, draft.assignment(spec.name())));
        }
        Optional<String> unfit = unfit(draft, spec, node);
        if (unfit.isPresent()) {
            return unfit;
        }
        List<ServiceName> below = Starts.unsettledBelow(draft, spec.name());
        if (!below.isEmpty()) {
            return Optional.of("service %s can't start before %s has been stopped or recovered: see `stead explain %s`"
                    .formatted(spec.name(), below.getFirst(), below.getFirst()));
        }
        Reason reason = started
                ? new Reason.Claimed(node, request.author(), request.reason())
                : new Reason.Named(node, request.author(), request.reason());
        draft.change(
                spec.name(),
                reason,
                a -> Assignments.transfer(
                        Assignments.forgiven(Assignments.wanted(a, true), node::equals), Optional.empty()));
        Starts.give(draft, spec, node, draft.field().of(node).orElseThrow().life(), true, reason);
        if (started) {
            draft.change(
                    spec.name(),
                    reason,
                    a -> Assignments.replace(a, a.ownerOn(node).orElseThrow(), o -> o.withStarted(draft.now.wall())));
        }
        return Optional.empty();
    }

    private static Optional<String> deregister(Draft draft, Request request, ServiceName service) {
        draft.change(
                service,
                new Reason.Asked("deregistered", request.author(), request.reason()),
                a -> Assignments.transfer(bumped(Assignments.wanted(a, false)), Optional.empty()));
        return Optional.empty();
    }

    private static Optional<String> transfer(Draft draft, Request request, Wish.Transfer wish) {
        Optional<ServiceSpec> spec = draft.spec(wish.service());
        if (spec.isEmpty() || spec.get().parent().isPresent()) {
            return Optional.of("service " + wish.service() + " is placed where its parent is: transfer that one");
        }
        if (spec.get().placement().policy() == Policy.ALL) {
            return Optional.of("service " + wish.service() + " runs on every able node: it can't be transferred");
        }
        Optional<Owner> owner = draft.assignment(wish.service()).owners().stream()
                .filter(o -> o.started() && o.stopping().isEmpty() && draft.lives(o))
                .findFirst();
        if (owner.isEmpty()) {
            return Optional.of("service " + wish.service() + " is not registered now: wait, or see `stead explain "
                    + wish.service() + "`");
        }
        NodeId from = owner.get().node();
        if (wish.to().equals(Optional.of(from))) {
            return Optional.of("service " + wish.service() + " is on " + from + " already");
        }
        Optional<String> unfit =
                wish.to().isPresent() ? unfit(draft, spec.get(), wish.to().get()) : nowhere(draft, spec.get(), from);
        if (unfit.isEmpty()) {
            Transfer intent = new Transfer(from, wish.to(), StopCause.TRANSFER, true);
            draft.change(wish.service(), new Reason.Asked("transferred", request.author(), request.reason()), a -> {
                ServiceAssignment named =
                        wish.to().map(to -> Assignments.forgiven(a, to::equals)).orElse(a);
                return Assignments.transfer(bumped(named), Optional.of(intent));
            });
        }
        return unfit;
    }

    private static Optional<String> nowhere(Draft draft, ServiceSpec spec, NodeId from) {
        if (Choosing.able(draft, spec.placement(), Set.of(from)).isEmpty()) {
            return Optional.of("service " + spec.name() + " can't leave " + from + ": "
                    + Choosing.nobody(draft, spec.placement()).sentence());
        }
        return Stops.isAbleElsewhere(draft, spec, from)
                ? Optional.empty()
                : Optional.of("service %s can't leave %s: its start has failed on every other able node; mend it, then"
                                .formatted(spec.name(), from)
                        + " `stead clear %s`, or name a node with --to".formatted(spec.name()));
    }

    private static Optional<String> unfit(Draft draft, ServiceSpec spec, NodeId node) {
        return Choosing.ruledOut(spec.placement(), draft.field().of(node).orElseThrow())
                .map(r -> "node " + node + " can't take service " + spec.name() + ": " + r.sentence());
    }

    private static Optional<String> restart(Draft draft, Request request, Wish.Restart wish) {
        ServiceName service = wish.service();
        List<Owner> owners = draft.assignment(service).owners().stream()
                .filter(o -> o.started() && o.stopping().isEmpty() && draft.lives(o))
                .filter(o -> wish.node().isEmpty() || wish.node().get().equals(o.node()))
                .toList();
        if (owners.isEmpty()) {
            return Optional.of("service " + service + " is not registered"
                    + wish.node().map(n -> " on " + n).orElse("") + " now: wait, or see `stead explain " + service
                    + "`");
        }
        Optional<ServiceSpec> root = draft.spec(service).filter(s -> s.parent().isEmpty());
        Optional<String> unfit = owners.stream()
                .flatMap(o -> root.flatMap(r -> unfit(draft, r, o.node())).stream())
                .findFirst();
        if (unfit.isPresent()) {
            return unfit;
        }
        draft.change(
                service,
                new Reason.Asked("restarted", request.author(), request.reason()),
                a -> bumped(owners.stream().reduce(a, ServiceWishes::toBeRestarted, (b, c) -> c)));
        return Optional.empty();
    }

    private static ServiceAssignment toBeRestarted(ServiceAssignment a, Owner owner) {
        return Assignments.replace(Assignments.forgiven(a, owner.node()::equals), owner, Owner::toBeRestarted);
    }

    private static Optional<String> clear(Draft draft, Request request, Wish.Clear wish) {
        ServiceName service = wish.service();
        Reason reason = new Reason.Cleared(request.author(), request.reason());
        List<Owner> owners = draft.assignment(service).owners().stream()
                .filter(o -> wish.node().isEmpty() || wish.node().get().equals(o.node()))
                .toList();
        Optional<Owner> blocked = owners.stream()
                .filter(o -> !wish.confirmStopped() && isBlocked(draft, service, o))
                .findFirst();
        if (blocked.isPresent()) {
            return Optional.of(
                    "its stop on %s has failed: see that nothing of it runs there, then add --confirm-stopped"
                            .formatted(blocked.get().node()));
        }
        Optional<Owner> graced = owners.stream()
                .filter(o -> wish.confirmStopped() && hasGrace(draft, service, o))
                .findFirst();
        if (graced.isPresent()) {
            return Optional.of(
                    "its stop on %s is at work, and may outlast that node by its stop-grace of %s: wait until it"
                                    .formatted(
                                            graced.get().node(),
                                            Spans.text(graced.get().stopGrace()))
                            + " has ended or failed");
        }
        List<Owner> over = owners.stream()
                .filter(o -> hasFailedRecovery(o) || (wish.confirmStopped() && isToEnd(draft, o)))
                .toList();
        if (wish.confirmStopped() && over.isEmpty()) {
            return Optional.of("no stop of service " + service
                    + wish.node().map(n -> " on " + n).orElse("")
                    + " has failed or hangs: leave --confirm-stopped out");
        }
        ServiceAssignment before = draft.assignment(service);
        ServiceAssignment forgiven = Assignments.forgiven(
                before, n -> wish.node().isEmpty() || wish.node().get().equals(n));
        if (over.isEmpty() && forgiven.equals(before)) {
            return Optional.empty();
        }
        draft.change(service, reason, _ -> bumped(forgiven));
        for (Owner owner : over) {
            draft.recorded(service);
            draft.change(service, reason, a -> Assignments.remove(a, owner));
        }
        return Optional.empty();
    }

    /** Whether it waits for the owner's end, which an operator may confirm. */
    private static boolean isToEnd(Draft draft, Owner owner) {
        boolean stops =
                owner.stopping().isPresent() || draft.membership().phase(owner.node()) == MemberPhase.FORCED_LEAVING;
        return stops && draft.lives(owner);
    }

    private static boolean hasFailedRecovery(Owner owner) {
        return owner.recovery()
                .filter(r -> r.runner().isEmpty() && !r.failedOn().isEmpty())
                .isPresent();
    }

    /** Its stop has failed: only the operator's word, or its end, lets anything go on. */
    private static boolean isBlocked(Draft draft, ServiceName service, Owner owner) {
        Optional<Report> stop = Milestones.report(draft, service, owner, Verb.STOP);
        return owner.stopping().isPresent()
                && stop.filter(r -> r.outcome() != Outcome.SUCCEEDED).isPresent();
    }

    /** It may outlast its node by that span, and only of its owner the leader knows to wait for it. */
    private static boolean hasGrace(Draft draft, ServiceName service, Owner owner) {
        return isToEnd(draft, owner) && owner.stopGrace().isPositive() && !isBlocked(draft, service, owner);
    }

    private static ServiceAssignment bumped(ServiceAssignment a) {
        return Assignments.generation(a, a.generation() + 1);
    }
}
