package io.stead.plan;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Assignments;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.service.Transfer;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.ServiceSpec;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is given charge of what: roots by their choosing factors, children beneath their parents (B13, B14, B16). */
final class Starts {
    private Starts() {}

    static void decide(Draft draft, ServiceSpec spec) {
        Placement placement = spec.placement();
        boolean mature = Maturing.isMature(draft, spec.name(), placement, Stops.isWanted(draft, spec));
        switch (placement.policy()) {
            case ONE -> decideOne(draft, spec, mature);
            case ALL -> decideAll(draft, spec, mature);
        }
        children(draft, spec);
    }

    private static void decideOne(Draft draft, ServiceSpec spec, boolean mature) {
        ServiceName name = spec.name();
        if (!draft.assignment(name).owners().isEmpty()) {
            return;
        }
        List<Field.Runner> able = Choosing.able(draft, spec.placement(), Set.of());
        if (able.isEmpty()) {
            endTransfer(draft, name, Choosing.nobody(draft, spec.placement()));
        }
        Optional<Transfer> transfer = draft.assignment(name).transfer();
        if (!isDue(draft, spec) || (!mature && transfer.isEmpty()) || isGivenUp(draft, spec, able)) {
            return;
        }
        boolean asked = transfer.filter(t -> t.cause() == StopCause.TRANSFER || t.cause() == StopCause.RESTART)
                .isPresent();
        List<Field.Runner> target = target(draft.assignment(name), able);
        switch (Choosing.choose(draft, spec, target, able.size())) {
            case Choosing.Choice.Node node ->
                give(draft, spec, node.runner().node, node.runner().life(), asked, reason(transfer, able, node));
            case Choosing.Choice.Wait wait -> {
                endTransfer(draft, name, wait.reason());
                draft.waits(name, wait.reason(), wait.span());
            }
            case Choosing.Choice.Nobody nobody -> draft.waits(name, nobody.reason());
        }
    }

    /** Given up where it has failed too often on every able node, and taken up again as soon as that is not so (C11). */
    private static boolean isGivenUp(Draft draft, ServiceSpec spec, List<Field.Runner> able) {
        ServiceName name = spec.name();
        ServiceAssignment assignment = draft.assignment(name);
        IntSummaryStatistics failures =
                able.stream().mapToInt(r -> Choosing.failures(assignment, r)).summaryStatistics();
        boolean isSpent = able.isEmpty()
                ? assignment.gaveUp().isPresent()
                : spec.failures().isSpent(failures.getMin());
        if (isSpent) {
            Reason reason = able.isEmpty()
                    ? Choosing.nobody(draft, spec.placement())
                    : new Reason.GaveUp(name, failures.getMin());
            if (assignment.gaveUp().isEmpty()) {
                draft.change(name, reason, a -> Assignments.gaveUp(a, Optional.of(draft.now.wall())));
            }
            endTransfer(draft, name, reason);
            draft.waits(name, reason);
        } else {
            takeUp(draft, name);
        }
        return isSpent;
    }

    private static void takeUp(Draft draft, ServiceName service) {
        if (draft.assignment(service).gaveUp().isPresent()) {
            draft.keep(service, a -> Assignments.gaveUp(a, Optional.empty()));
        }
    }

    /** The intent lasts until the service is registered, or until its stop has ended and no node can take it (B21). */
    static void endTransfer(Draft draft, ServiceName service, Reason reason) {
        ServiceAssignment assignment = draft.assignment(service);
        if (assignment.transfer().isPresent() && assignment.owners().isEmpty()) {
            draft.change(service, reason, a -> Assignments.transfer(a, Optional.empty()));
        }
    }

    /** What was made a child goes where its parent is; what is defined no more leaves only its generation behind. */
    static void endWhatIsNoRoot(Draft draft, ServiceName service) {
        Optional<ServiceSpec> spec = draft.spec(service);
        ServiceAssignment assignment = draft.assignment(service);
        if (spec.isPresent()) {
            spec.get().parent().ifPresent(p -> endTransfer(draft, service, new Reason.WaitingForParent(p)));
        } else if (assignment.owners().isEmpty() && !assignment.equals(Assignments.tombstone(assignment))) {
            draft.change(service, new Reason.Deleted(), Assignments::tombstone);
        }
    }

    /** Of a transfer: that it was best of all would be no reason for it to move. */
    private static Reason reason(Optional<Transfer> transfer, List<Field.Runner> able, Choosing.Choice.Node choice) {
        NodeId node = choice.runner().node;
        if (transfer.isEmpty() || transfer.get().cause() == StopCause.PREFERRED) {
            return choice.reason();
        }
        if (transfer.get().to().equals(Optional.of(node))) {
            return new Reason.Named(node, "an operator", "");
        }
        NodeId from = transfer.get().from();
        return !from.equals(node) && able.stream().anyMatch(r -> r.node.equals(from))
                ? new Reason.ChosenBesides(from, choice.reason())
                : choice.reason();
    }

    /** The node that was named; else any but the old one; else the old one rather than one where its start has failed. */
    private static List<Field.Runner> target(ServiceAssignment assignment, List<Field.Runner> able) {
        if (assignment.transfer().isEmpty()) {
            return able;
        }
        Transfer transfer = assignment.transfer().get();
        List<Field.Runner> untried =
                able.stream().filter(r -> Choosing.failures(assignment, r) == 0).toList();
        List<Field.Runner> named = (transfer.isRestart() ? able : untried)
                .stream().filter(r -> transfer.to().equals(Optional.of(r.node))).toList();
        List<Field.Runner> others =
                untried.stream().filter(r -> !r.node.equals(transfer.from())).toList();
        if (!named.isEmpty()) {
            return named;
        }
        return others.isEmpty() ? able : others;
    }

    private static void decideAll(Draft draft, ServiceSpec spec, boolean mature) {
        ServiceName name = spec.name();
        if (!isDue(draft, spec) || draft.assignment(name).owners().stream().anyMatch(Owner::exclusive)) {
            return;
        }
        endTransfer(draft, name, new Reason.EverywhereNow());
        if (!mature) {
            return;
        }
        List<Field.Runner> able = Choosing.able(draft, spec.placement(), Set.of());
        if (draft.assignment(name).owners().isEmpty() && isGivenUp(draft, spec, able)) {
            return;
        }
        for (Field.Runner runner : able) {
            if (draft.assignment(name).ownerOn(runner.node).isEmpty()) {
                Optional<Duration> wait = Choosing.backOff(draft, draft.assignment(name), runner);
                int failures = Choosing.failures(draft.assignment(name), runner);
                if (spec.failures().isSpent(failures)) {
                    draft.waits(name, new Reason.GaveUpOn(runner.node, name, failures));
                } else if (wait.isPresent()) {
                    draft.waits(name, new Reason.TryingAgain(runner.node, wait.get()), wait.get());
                } else {
                    give(draft, spec, runner.node, runner.life(), false, new Reason.Everywhere());
                }
            }
        }
        if (able.isEmpty() && draft.assignment(name).owners().isEmpty()) {
            draft.waits(name, Choosing.nobody(draft, spec.placement()));
        }
    }

    /** Whether the service is wanted, and nothing of what was before is still about. */
    static boolean isDue(Draft draft, ServiceSpec spec) {
        ServiceName name = spec.name();
        if (draft.isRecorded(name)) {
            return false;
        }
        if (!Stops.isWanted(draft, spec)) {
            Reason unwanted =
                    new Reason.NotWanted(draft.assignment(name).wanted().isPresent());
            endTransfer(draft, name, unwanted);
            takeUp(draft, name);
            draft.waits(name, unwanted);
            return false;
        }
        if (spec.placement().policy() == Policy.ALL) {
            return true;
        }
        List<ServiceName> below = unsettledBelow(draft, name);
        if (!below.isEmpty() && draft.assignment(name).owners().isEmpty()) {
            boolean lost = below.stream()
                    .flatMap(d -> draft.assignment(d).owners().stream())
                    .noneMatch(draft::lives);
            draft.waits(name, new Reason.WaitingForChildren(below, lost));
            return false;
        }
        return true;
    }

    /** The descendants of which something is still to be stopped or recovered. */
    static List<ServiceName> unsettledBelow(Draft draft, ServiceName service) {
        return draft.groupings.descendants(service).stream()
                .filter(d -> draft.assignment(d).owners().stream().anyMatch(o -> !Recoveries.isSettled(o)))
                .toList();
    }

    private static void children(Draft draft, ServiceSpec parent) {
        for (ServiceName name : draft.groupings.children(parent.name())) {
            Optional<ServiceSpec> child = draft.spec(name);
            if (child.isPresent() && !draft.isFrozen(name)) {
                for (Owner above : draft.assignment(parent.name()).owners()) {
                    child(draft, child.get(), parent.name(), above);
                }
                if (!Stops.isWanted(draft, child.get())) {
                    takeUp(draft, name);
                }
                if (draft.assignment(name).owners().isEmpty()) {
                    draft.waits(name, new Reason.WaitingForParent(parent.name()));
                }
                children(draft, child.get());
            }
        }
    }

    private static void child(Draft draft, ServiceSpec child, ServiceName parent, Owner above) {
        ServiceName name = child.name();
        ServiceAssignment assignment = draft.assignment(name);
        boolean ready = above.started()
                && draft.membership().isJoined(above.node(), above.incarnation())
                && draft.lives(above)
                && !Stops.isToStop(draft, parent, above)
                && Stops.isWanted(draft, child)
                && !draft.isRecorded(name);
        boolean free = above.exclusive()
                ? assignment.owners().isEmpty()
                : assignment.ownerOn(above.node()).isEmpty()
                        && assignment.owners().stream().noneMatch(Owner::exclusive);
        if (!ready || !free) {
            return;
        }
        List<Field.Runner> there = draft.field().of(above.node()).stream().toList();
        if (above.exclusive() && isGivenUp(draft, child, there)) {
            return;
        }
        int failures =
                there.stream().mapToInt(r -> Choosing.failures(assignment, r)).sum();
        if (child.failures().isSpent(failures)) {
            draft.waits(name, new Reason.GaveUpOn(above.node(), name, failures));
            return;
        }
        Optional<Duration> wait = there.stream().findFirst().flatMap(r -> Choosing.backOff(draft, assignment, r));
        if (wait.isPresent()) {
            draft.waits(name, new Reason.TryingAgain(above.node(), wait.get()), wait.get());
        } else {
            give(
                    draft,
                    child,
                    above.node(),
                    above.incarnation(),
                    above.exclusive(),
                    false,
                    new Reason.WithParent(parent, above.node()));
        }
    }

    /** {@code named}: whether an operator's word puts it there. */
    static void give(
            Draft draft, ServiceSpec spec, NodeId node, Incarnation incarnation, boolean named, Reason reason) {
        give(draft, spec, node, incarnation, spec.placement().policy() == Policy.ONE, named, reason);
    }

    private static void give(
            Draft draft,
            ServiceSpec spec,
            NodeId node,
            Incarnation incarnation,
            boolean exclusive,
            boolean named,
            Reason reason) {
        draft.change(
                spec.name(),
                reason,
                a -> Assignments.add(
                        a,
                        new Owner(
                                node,
                                incarnation,
                                a.generation() + 1,
                                spec.actions(),
                                spec.parent(),
                                exclusive,
                                spec.stopGrace(),
                                draft.now.wall(),
                                named,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }
}
