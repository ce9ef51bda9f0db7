package io.stead.simulate.world;

import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.NodeOverride;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.spec.Groupings;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import io.stead.plan.Decision;
import io.stead.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold of every commit: checked against the view it was made upon, and against what really runs. */
final class Commits {
    private final World world;
    private final Invariants hosts;
    private static final Set<StopCause> BY_ITSELF =
            Set.of(StopCause.LOST, StopCause.FAILING, StopCause.LEASE, StopCause.UNKNOWN_START);
    private final Set<String> answered = new HashSet<>();

    Commits(World world, Invariants hosts) {
        this.world = world;
        this.hosts = hosts;
    }

    void committedBy(Epoch epoch) {
        Invariants.hold(
                epoch.equals(world.facts().view().epoch()),
                "I12",
                () -> "the leader of epoch " + epoch.number() + " commits after it was deposed");
    }

    void committed(ClusterView before, ClusterView base, Plan plan) {
        for (Decision decision : plan.decisions()) {
            switch (decision) {
                case Decision.SetAssignment set -> {
                    ServiceName service = set.assignment().service();
                    assigned(before.assignment(service), set.assignment(), base);
                    maintained(base, plan.appliedTo(base), before.assignment(service), set.assignment());
                }
                case Decision.Give give ->
                    Invariants.hold(
                            answered.add(give.answer().requestId()),
                            "I13",
                            () -> "request " + give.answer().requestId() + " is answered twice");
                case Decision.SetMembership _ -> {}
                case Decision.SetOverride _, Decision.SetMaintenance _ -> {}
                case Decision.Forget _ -> {}
            }
        }
    }

    /** Nobody gains, loses or stops what operators are at work on; that it is to be restarted when they are done may be noted. */
    private static void maintained(
            ClusterView base, ClusterView next, ServiceAssignment before, ServiceAssignment after) {
        boolean isWhole = isMaintained(base.maintenance(), before.service())
                && isMaintained(next.maintenance(), before.service());
        List<String> then = charges(base, next, before, isWhole);
        List<String> now = charges(base, next, after, isWhole);
        Invariants.hold(
                then.equals(now),
                "I20",
                () -> before.service() + " is in maintenance, and changes from " + then + " to " + now);
    }

    private static boolean isMaintained(Maintenance maintenance, ServiceName service) {
        return maintenance.cluster().isPresent() || maintenance.services().containsKey(service);
    }

    /** The owners that are in maintenance before and after, as far as they may not change. */
    private static List<String> charges(
            ClusterView base, ClusterView next, ServiceAssignment assignment, boolean isWhole) {
        return assignment.owners().stream()
                .filter(o -> isWhole
                        || (base.maintenance().nodes().containsKey(o.node())
                                && next.maintenance().nodes().containsKey(o.node())))
                .map(o -> o.node() + " " + o.generation() + " " + o.started() + " " + o.stopping() + " " + o.recovery())
                .toList();
    }

    private void assigned(ServiceAssignment before, ServiceAssignment after, ClusterView base) {
        ServiceName service = after.service();
        Invariants.hold(
                after.generation() >= before.generation(),
                "I8",
                () -> service + " goes back from generation " + before.generation() + " to " + after.generation());
        boolean exclusive = after.owners().stream().anyMatch(Owner::exclusive);
        Invariants.hold(
                !exclusive || after.owners().size() == 1,
                "I9",
                () -> service + " is given to more than one: " + after.owners());
        for (Owner owner : after.owners()) {
            Optional<Owner> earlier = before.ownerOn(owner.node()).filter(o -> o.generation() == owner.generation());
            if (earlier.isEmpty()) {
                Invariants.hold(
                        owner.generation() > before.generation(),
                        "I8",
                        () -> service + " is given generation " + owner.generation() + " after " + before.generation());
                Invariants.hold(
                        !owner.exclusive()
                                || before.owners().isEmpty()
                                || gone(before.owners(), base)
                                || isCleared(service, base),
                        "I10",
                        () -> service + " is given away before " + before.owners() + " has ended");
                startsWithItsParent(service, owner, base);
                mayBeGiven(service, owner.node(), owner.incarnation(), owner.parent(), base);
            }
            if (owner.stopping().isPresent() && earlier.flatMap(Owner::stopping).isEmpty()) {
                stopsAfterItsChildren(service, owner, base);
            }
            runner(owner)
                    .filter(r -> !earlier.flatMap(Commits::runner).equals(Optional.of(r)))
                    .ifPresent(r -> mayRecover(service, r, base));
        }
        for (Owner owner : before.owners()) {
            if (after.ownerOn(owner.node())
                    .filter(o -> o.generation() == owner.generation())
                    .isEmpty()) {
                removed(service, owner, base);
            }
        }
    }

    private static void startsWithItsParent(ServiceName service, Owner owner, ClusterView base) {
        owner.parent()
                .ifPresent(p -> Invariants.hold(
                        base.assignment(p)
                                .ownerOn(owner.node(), owner.incarnation())
                                .filter(above -> above.stopping().isEmpty() && hasStarted(p, above, base))
                                .isPresent(),
                        "I4",
                        () -> service + " is given to " + owner.node() + " without its parent"));
    }

    /** One commit may write that a parent has started, and give its child. */
    private static boolean hasStarted(ServiceName service, Owner owner, ClusterView base) {
        return owner.started()
                || Optional.ofNullable(base.reports().get(owner.node()))
                        .flatMap(r -> r.of(service, owner.generation(), Verb.START))
                        .filter(r -> r.outcome() == Outcome.SUCCEEDED)
                        .isPresent();
    }

    /** What has ended by itself waits for nobody. */
    private static void stopsAfterItsChildren(ServiceName service, Owner owner, ClusterView base) {
        StopCause cause = owner.stopping().orElseThrow().cause();
        boolean asked = !BY_ITSELF.contains(cause);
        for (ServiceAssignment child : base.assignments().values()) {
            boolean beneath = child.ownerOn(owner.node(), owner.incarnation())
                    .filter(o -> o.parent().equals(Optional.of(service)))
                    .isPresent();
            Invariants.hold(
                    !asked || !beneath || isRemoved(child, owner, base),
                    "I4",
                    () -> service + " is told to stop before its child " + child.service());
        }
    }

    /** One commit may write that a child has stopped, and tell its parent to stop. */
    private static boolean isRemoved(ServiceAssignment child, Owner owner, ClusterView base) {
        return isCleared(child.service(), base)
                || child.ownerOn(owner.node(), owner.incarnation())
                        .flatMap(o -> Optional.ofNullable(base.reports().get(owner.node()))
                                .flatMap(r -> r.of(child.service(), o.generation(), Verb.STOP)
                                        .or(() -> r.of(child.service(), o.generation(), Verb.START))))
                        .isPresent();
    }

    /** By the word of an operator, which this commit answers. */
    private static boolean isCleared(ServiceName service, ClusterView base) {
        return base.requests().stream()
                .anyMatch(r -> r.wish() instanceof Wish.Clear c && c.service().equals(service));
    }

    /** One commit may take a lost owner away and name the next. */
    private static boolean gone(java.util.List<Owner> owners, ClusterView base) {
        return owners.stream().noneMatch(o -> base.lives(o.node(), o.incarnation()));
    }

    private static Optional<Recovery.Runner> runner(Owner owner) {
        return owner.recovery().flatMap(Recovery::runner);
    }

    private static void mayBeGiven(
            ServiceName service, NodeId node, Incarnation incarnation, Optional<ServiceName> parent, ClusterView base) {
        Optional<Placement> placement = placement(service, base);
        Invariants.hold(
                parent.isPresent() || placement.filter(p -> p.isAllowed(node)).isPresent(),
                "I5",
                () -> service + " is given to " + node + ", which is not allowed");
        Invariants.hold(
                base.lives(node, incarnation), "I16", () -> service + " is given to " + node + ", which is gone");
        boolean joined = isJoining(node, base) || base.membership().isJoined(node, incarnation);
        Invariants.hold(joined, "I16", () -> service + " is given to " + node + ", which is not joined");
        boolean quiesced = Optional.ofNullable(base.overrides().get(node))
                .filter(NodeOverride::quiesced)
                .isPresent();
        boolean resumes = base.requests().stream()
                .anyMatch(r -> r.wish() instanceof Wish.Resume w && w.node().equals(node));
        Invariants.hold(
                !quiesced || resumes || parent.isPresent(),
                "I16",
                () -> service + " is given to " + node + ", which is quiesced");
    }

    /** A node is joined and given its first services in one commit. */
    private static boolean isJoining(NodeId node, ClusterView base) {
        return base.membership()
                .of(node)
                .map(s -> s.phase() == io.stead.model.member.MemberPhase.INACTIVE)
                .orElse(true);
    }

    private static void mayRecover(ServiceName service, Recovery.Runner runner, ClusterView base) {
        Optional<Placement> placement = placement(service, base);
        Invariants.hold(
                placement.isEmpty() || placement.get().isAllowed(runner.node()),
                "I5",
                () -> service + " is recovered on " + runner.node() + ", which is not allowed");
        Invariants.hold(
                base.lives(runner.node(), runner.incarnation()),
                "I16",
                () -> service + " is recovered on " + runner.node() + ", which is gone");
    }

    private static Optional<Placement> placement(ServiceName service, ClusterView base) {
        ServiceName root = new Groupings(base.services()).root(service);
        return Optional.ofNullable(base.services().get(root)).map(ServiceSpec::placement);
    }

    /** A registration ends because it has stopped, was recovered, or its life is over and it has nothing to recover. */
    private void removed(ServiceName service, Owner owner, ClusterView base) {
        boolean cleared = isCleared(service, base);
        Host host = world.host(owner.node());
        Processes.Proc proc = host.processes().all().get(service);
        boolean runs = proc != null && proc.generation() == owner.generation();
        boolean mayOutlive = !owner.exclusive() || (proc != null && !proc.contained());
        boolean lives = world.facts().lives(owner.node(), owner.incarnation());
        Invariants.hold(
                cleared || !runs || (!lives && mayOutlive),
                "I2",
                () -> service + " " + owner.generation() + " is deregistered and still runs on " + owner.node());
        Invariants.hold(
                cleared || !lives || !owner.started() || hosts.isStopped(service, owner),
                "I18",
                () -> service + " " + owner.generation() + " is deregistered, and its stop command was never run to its"
                        + " end on " + owner.node());
        if (base.lives(owner.node(), owner.incarnation()) || cleared) {
            hosts.open(service).remove(owner.node(), owner.generation());
            return;
        }
        Invariants.hold(!lives, "I2", () -> service + " is taken from " + owner.node() + ", which lives");
        Invariants.hold(
                !hosts.open(service).containsValue(owner.generation()),
                "I6",
                () -> service + " " + owner.generation() + " is deregistered without its recovery");
    }
}
