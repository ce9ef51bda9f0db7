package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.NodeOverride;
import io.stead.model.reason.Reason;
import io.stead.model.service.Assignments;
import io.stead.model.service.Failure;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.service.Stopping;
import io.stead.model.service.Transfer;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which owners are to stop, and in which order: children first, at every depth (B16, B21). */
final class Stops {
    private Stops() {}

    /** A reason to stop, what there is to say of it, and where the service is to go then. */
    private record Wish(StopCause cause, String detail, Optional<NodeId> to) {
        static Wish of(StopCause cause) {
            return new Wish(cause, "", Optional.empty());
        }

        static Wish of(StopCause cause, Optional<NodeId> to) {
            return new Wish(cause, "", to);
        }
    }

    static void decide(Draft draft, ServiceName service) {
        if (draft.isHeld(service)) {
            return;
        }
        for (Owner owner : draft.assignment(service).owners()) {
            if (!draft.lives(owner)) {
                continue;
            }
            Optional<Wish> wish = wish(draft, service, owner);
            if (wish.isPresent() && mayBegin(draft, service, owner)) {
                begin(draft, service, owner, wish.get());
            }
        }
    }

    /** Whether the owner stops, is to stop, or stands where it may not stay: nothing is started beneath it. */
    static boolean isToStop(Draft draft, ServiceName service, Owner owner) {
        return owner.stopping().isPresent() || wish(draft, service, owner).isPresent();
    }

    /** A start is run to its end, unless it waits for its parent in vain; and children go before their parent. */
    private static boolean mayBegin(Draft draft, ServiceName service, Owner owner) {
        boolean starts = !owner.started() && !waitsInVain(draft, owner);
        if (starts || owner.stopping().isPresent()) {
            return false;
        }
        List<ServiceName> below = draft.beneath(service, owner);
        if (!below.isEmpty()) {
            draft.waits(service, new Reason.WaitingForChildren(below, false));
        }
        return below.isEmpty();
    }

    private static boolean waitsInVain(Draft draft, Owner owner) {
        return owner.parent().isPresent()
                && draft.assignment(owner.parent().get())
                        .ownerOn(owner.node(), owner.incarnation())
                        .filter(above -> above.stopping().isEmpty())
                        .isEmpty();
    }

    private static void begin(Draft draft, ServiceName service, Owner owner, Wish wish) {
        Stopping why = new Stopping(wish.cause(), draft.now.wall(), wish.detail());
        draft.change(service, new Reason.Stop(why, owner.node()), a -> {
            ServiceAssignment stopping = Assignments.replace(a, owner, o -> o.withStopping(why));
            ServiceAssignment counted = wish.cause() == StopCause.CHILD
                    ? Assignments.failed(stopping, owner, why.sentence(), draft.now)
                    : stopping;
            boolean moves = wish.cause().isTransfer()
                    && owner.exclusive()
                    && counted.transfer().isEmpty()
                    && owner.parent().isEmpty();
            return moves
                    ? Assignments.transfer(counted, Optional.of(new Transfer(owner.node(), wish.to(), wish.cause())))
                    : counted;
        });
    }

    private static Optional<Wish> wish(Draft draft, ServiceName service, Owner owner) {
        Optional<ServiceSpec> spec = draft.spec(service);
        if (spec.isEmpty()) {
            return Optional.of(Wish.of(StopCause.DELETED));
        }
        if (!isWanted(draft, spec.get())) {
            return Optional.of(Wish.of(StopCause.DEREGISTERED));
        }
        Optional<Wish> child = criticalChild(draft, service, owner);
        if (child.isPresent()) {
            return child;
        }
        if (!spec.get().parent().equals(owner.parent())) {
            return Optional.of(Wish.of(StopCause.REPARENTED));
        }
        Optional<Wish> wish = spec.get().parent().isPresent()
                ? childsWish(draft, spec.get().parent().get(), owner)
                : rootsWish(draft, spec.get(), owner);
        return wish.or(() -> restart(draft, service, owner))
                .or(() -> spec.get().parent().isEmpty() && owner.started()
                        ? preferred(draft, spec.get(), owner)
                        : Optional.empty());
    }

    /** What runs on several nodes is restarted on one after the other. */
    private static Optional<Wish> restart(Draft draft, ServiceName service, Owner owner) {
        boolean isAlone = draft.assignment(service).owners().stream()
                .filter(o -> !o.node().equals(owner.node()))
                .allMatch(o -> o.started() && o.stopping().isEmpty());
        return owner.restart() && owner.started() && isAlone
                ? Optional.of(Wish.of(StopCause.RESTART, Optional.of(owner.node())))
                : Optional.empty();
    }

    static boolean isWanted(Draft draft, ServiceSpec spec) {
        return draft.assignment(spec.name()).wanted().orElse(spec.placement().register() == Register.AUTO);
    }

    /** A critical child that has failed on its parent's node, and may not be restarted there any more. */
    private static Optional<Wish> criticalChild(Draft draft, ServiceName service, Owner owner) {
        for (ServiceName child : draft.groupings.children(service)) {
            Optional<ServiceSpec> spec = draft.spec(child).filter(ServiceSpec::critical);
            Optional<Failure> failure = draft.assignment(child).failureOn(owner.node(), owner.incarnation());
            if (spec.isPresent()
                    && failure.isPresent()
                    && spec.get().failures().weight(failure.get().count()) > 0) {
                return Optional.of(
                        new Wish(StopCause.CHILD, child + ": " + failure.get().detail(), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /** Whether the parent of a service is leaving that node because of it: a fresh start is due wherever it goes. */
    static boolean countsForTheParent(Draft draft, ServiceName service, Failure failure) {
        return draft.spec(service)
                .flatMap(ServiceSpec::parent)
                .flatMap(p -> draft.view.assignment(p).ownerOn(failure.node(), failure.incarnation()))
                .flatMap(Owner::stopping)
                .filter(s -> s.cause() == StopCause.CHILD)
                .isPresent();
    }

    private static Optional<Wish> childsWish(Draft draft, ServiceName parent, Owner owner) {
        Optional<Owner> above = draft.assignment(parent).ownerOn(owner.node(), owner.incarnation());
        boolean stays = above.isPresent()
                && above.get().started()
                && above.get().exclusive() == owner.exclusive()
                && !isToStop(draft, parent, above.get());
        return stays ? Optional.empty() : Optional.of(Wish.of(StopCause.PARENT));
    }

    private static Optional<Wish> rootsWish(Draft draft, ServiceSpec spec, Owner owner) {
        ServiceAssignment assignment = draft.assignment(spec.name());
        if (owner.exclusive() != (spec.placement().policy() == Policy.ONE)) {
            return Optional.of(Wish.of(StopCause.POLICY));
        }
        if (draft.membership().phase(owner.node()) == MemberPhase.LEAVING) {
            return Optional.of(Wish.of(StopCause.LEAVE));
        }
        if (draft.override(owner.node()).filter(NodeOverride::drained).isPresent()) {
            return drain(draft, spec, owner);
        }
        Optional<Transfer> transfer = assignment.transfer().filter(t -> t.from().equals(owner.node()));
        if (transfer.isPresent()) {
            return Optional.of(Wish.of(transfer.get().cause(), transfer.get().to()));
        }
        return Optional.empty();
    }

    private static Optional<Wish> drain(Draft draft, ServiceSpec spec, Owner owner) {
        if (!owner.exclusive() || isAbleElsewhere(draft, spec, owner.node())) {
            return Optional.of(Wish.of(StopCause.DRAIN));
        }
        draft.waits(spec.name(), new Reason.NowhereElse(StopCause.DRAIN, owner.node()));
        return Optional.empty();
    }

    /** Whether another node is able, and its start has not failed there. */
    static boolean isAbleElsewhere(Draft draft, ServiceSpec spec, NodeId node) {
        return Choosing.able(draft, spec.placement(), Set.of(node)).stream()
                .anyMatch(r -> Choosing.failures(draft.assignment(spec.name()), r) == 0);
    }

    /** A free transfer (B21): only to a strictly better node whose join is recorded, and where its start has not failed. */
    private static Optional<Wish> preferred(Draft draft, ServiceSpec spec, Owner owner) {
        Placement placement = spec.placement();
        int rank = placement.rank(owner.node());
        if (placement.transfer() != TransferCost.FREE || !owner.exclusive() || rank == 0) {
            return Optional.empty();
        }
        ServiceAssignment assignment = draft.assignment(spec.name());
        List<Field.Runner> better = new ArrayList<>();
        for (NodeId node : placement.prefer()) {
            draft.field().of(node).ifPresent(r -> {
                if (placement.rank(node) < rank
                        && (!owner.named() || hasJoinedSince(draft, node, owner))
                        && Choosing.ruledOut(placement, r).isEmpty()
                        && draft.view.membership().isJoined(node, r.life())
                        && Choosing.failures(assignment, r) == 0) {
                    better.add(r);
                }
            });
        }
        Optional<Field.Runner> best =
                better.stream().min(Choosing.order(spec.name(), placement, spec.failures(), assignment));
        Optional<Field.Runner> ready = best.filter(r -> isNotified(draft, spec.name(), owner, r));
        if (best.isPresent() && ready.isEmpty()) {
            draft.waits(spec.name(), new Reason.WaitingForNotify(best.get().node));
        }
        return ready.map(r -> Wish.of(StopCause.PREFERRED, Optional.of(r.node)));
    }

    /** An operator's word holds until then. */
    private static boolean hasJoinedSince(Draft draft, NodeId node, Owner owner) {
        return draft.view
                .membership()
                .of(node)
                .filter(s -> s.since().isAfter(owner.since()))
                .isPresent();
    }

    /** A node that joins is told of the registration (B19) before it is given the service, however the command ends. */
    private static boolean isNotified(Draft draft, ServiceName service, Owner owner, Field.Runner runner) {
        NodeReports reports = draft.view.reports().get(runner.node);
        return !owner.actions().has(Verb.NOTIFY)
                || (reports != null
                        && reports.incarnation().equals(runner.life())
                        && reports.of(service, owner.generation(), Verb.NOTIFY).isPresent());
    }
}
