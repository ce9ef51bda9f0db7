package io.stead.simulate.world;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.request.Request;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Groupings;
import io.stead.model.spec.Policy;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import io.stead.plan.Observations;
import io.stead.plan.Planner;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What must hold once the faults are over and the cluster has had its time: I3 and I11. */
final class Rest {
    private final World world;
    private final ClusterView view;
    private final Groupings groupings;

    private Rest(World world) {
        this.world = world;
        this.view = world.facts().view();
        this.groupings = new Groupings(view.services());
    }

    static void check(World world) {
        new Rest(world).all();
    }

    private void hold(boolean holds, String invariant, String what) {
        Invariants.hold(
                holds,
                invariant,
                () -> "the cluster is at rest, and " + what + "; a plan would say "
                        + Planner.plan(view, Observations.NONE, world.timeline().now())
                                .why());
    }

    private void all() {
        for (Request request : view.requests()) {
            // One that was made again after it had been answered is looked at when its answer may be forgotten.
            boolean answered =
                    view.answers().stream().anyMatch(a -> a.requestId().equals(request.id()));
            hold(answered, "I3", "not answered: " + request);
        }
        for (MemberState state : view.membership().states().values()) {
            boolean present = view.lives(state.node(), state.incarnation());
            hold(
                    (present && state.phase() == MemberPhase.JOINED) || state.phase() == MemberPhase.INACTIVE,
                    "I3",
                    state + " is not steady");
        }
        for (ServiceName service : new TreeSet<>(view.services().keySet())) {
            service(service);
        }
        for (ServiceAssignment assignment : view.assignments().values()) {
            if (!view.services().containsKey(assignment.service())) {
                hold(assignment.owners().isEmpty(), "I3", "deleted and not stopped: " + Invariants.brief(assignment));
            }
            assignment.owners().forEach(o -> runs(assignment.service(), o));
            hold(assignment.transfer().isEmpty(), "I3", "a transfer has not ended: " + Invariants.brief(assignment));
        }
        nothingElseRuns();
    }

    private void service(ServiceName service) {
        if (groupings.misplaced(service).isPresent()) {
            return;
        }
        ServiceAssignment assignment = view.assignment(service);
        List<NodeId> due = due(service);
        List<NodeId> owners = assignment.owners().stream().map(Owner::node).toList();
        boolean one = spec(groupings.root(service)).placement().policy() == Policy.ONE;
        boolean right = one ? owners.size() == Math.min(1, due.size()) : owners.containsAll(due);
        hold(
                right,
                "I3",
                "the able nodes of " + service + " are " + due + ", its owners " + Invariants.brief(assignment));
        for (Owner owner : assignment.owners()) {
            hold(
                    owner.started()
                            && owner.stopping().isEmpty()
                            && owner.recovery().isEmpty(),
                    "I3",
                    "not registered: " + Invariants.brief(assignment));
            notified(service, owner);
        }
    }

    /** Where it may be registered: of the root's able nodes, those where all ancestors are. */
    private List<NodeId> due(ServiceName service) {
        ServiceSpec spec = spec(service);
        ServiceAssignment assignment = view.assignment(service);
        if (!assignment.wanted().orElse(spec.placement().register() == Register.AUTO)) {
            return List.of();
        }
        if (spec.parent().isPresent()) {
            return view.assignment(spec.parent().get()).owners().stream()
                    .map(Owner::node)
                    .toList();
        }
        if (!assignment.owners().isEmpty() && spec.placement().policy() == Policy.ONE) {
            return List.of(assignment.owners().getFirst().node());
        }
        return view.members().keySet().stream().filter(n -> isAble(spec, n)).toList();
    }

    private boolean isAble(ServiceSpec spec, NodeId node) {
        boolean quiesced = Optional.ofNullable(view.overrides().get(node))
                .filter(o -> o.quiesced())
                .isPresent();
        return spec.placement().isAllowed(node)
                && view.membership().isJoined(node, member(node).incarnation())
                && Objects.requireNonNull(view.statuses().get(node)).ok()
                && !quiesced;
    }

    private void runs(ServiceName service, Owner owner) {
        Processes.Proc proc = world.host(owner.node()).processes().all().get(service);
        hold(
                proc != null && proc.generation() == owner.generation() && !proc.starting(),
                "I3",
                service + " is registered and does not run: " + owner + ", " + proc);
        List<Holding> holdings = view.holdings().getOrDefault(service, List.of());
        hold(
                holdings.stream()
                        .anyMatch(h -> owner.is(h.node(), h.incarnation())
                                && h.generation() == owner.generation()
                                && h.state() == HoldingState.ONLINE),
                "I3",
                service + " is registered and not held: " + owner + ", " + holdings);
    }

    private void nothingElseRuns() {
        for (Host host : world.hosts()) {
            host.processes()
                    .all()
                    .forEach((service, proc) -> hold(
                            view.assignment(service)
                                    .ownerOn(host.node())
                                    .filter(o -> o.generation() == proc.generation())
                                    .isPresent(),
                            "I3",
                            service + " " + proc + " runs on " + host.node() + " for nobody"));
        }
        view.holdings()
                .forEach((service, all) -> all.forEach(h -> hold(
                        h.state() == HoldingState.FREE
                                || view.assignment(service)
                                        .ownerOn(h.node(), h.incarnation())
                                        .isPresent(),
                        "I3",
                        h + " is held for nobody")));
    }

    private void notified(ServiceName service, Owner owner) {
        if (!owner.actions().has(Verb.NOTIFY)) {
            return;
        }
        ServiceSpec root = spec(groupings.root(service));
        for (NodeId node : view.members().keySet()) {
            boolean due = root.placement().isAllowed(node)
                    && view.membership().isJoined(node, member(node).incarnation())
                    && view.assignment(service).ownerOn(node).isEmpty();
            hold(
                    !due
                            || world.invariants()
                                    .notified()
                                    .contains(new Invariants.Notified(
                                            service,
                                            owner.generation(),
                                            node,
                                            world.host(node).boot())),
                    "I11",
                    node + " was not notified of " + service + " " + owner.generation());
        }
    }

    private ServiceSpec spec(ServiceName service) {
        return Objects.requireNonNull(view.services().get(service));
    }

    private Member member(NodeId node) {
        return Objects.requireNonNull(view.members().get(node));
    }
}
