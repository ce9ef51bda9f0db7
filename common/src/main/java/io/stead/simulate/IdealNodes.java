package io.stead.simulate;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Groupings;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Nodes on which every command succeeds at once. */
public final class IdealNodes {
    private final Facts facts;

    public IdealNodes(Facts facts) {
        this.facts = facts;
    }

    /** Does what the assignments ask of every present node; returns whether anything was to be done. */
    public boolean obey() {
        ClusterView view = facts.view();
        boolean left = endSessions(view);
        boolean held = hold(view);
        Map<NodeId, List<Report>> due = new TreeMap<>();
        for (ServiceAssignment assignment : new TreeMap<>(view.assignments()).values()) {
            for (Owner owner : assignment.owners()) {
                due(view, assignment.service(), owner, due);
                notifications(view, assignment, owner, due);
            }
        }
        due.forEach((node, reports) -> publish(view, node, reports));
        return left || held || !due.isEmpty();
    }

    /** A node that was forced out has halted; one that asked to leave goes when it has left. */
    private boolean endSessions(ClusterView view) {
        boolean any = false;
        for (MemberState state : view.membership().states().values()) {
            boolean asked = Optional.ofNullable(view.statuses().get(state.node()))
                    .filter(s -> s.wantsLeave())
                    .isPresent();
            boolean goes =
                    state.phase() == MemberPhase.FORCED_LEAVING || (state.phase() == MemberPhase.INACTIVE && asked);
            if (goes && view.lives(state.node(), state.incarnation())) {
                facts.end(state.node(), state.incarnation());
                any = true;
            }
        }
        return any;
    }

    /** Holdings follow the owners, so that a view shows what runs. */
    private boolean hold(ClusterView view) {
        boolean any = false;
        for (ServiceAssignment assignment : view.assignments().values()) {
            Map<NodeId, HoldingState> due = new HashMap<>();
            for (Holding holding : view.holdings().getOrDefault(assignment.service(), List.of())) {
                due.put(holding.node(), HoldingState.FREE);
            }
            for (Owner owner : assignment.owners()) {
                if (facts.lives(owner.node(), owner.incarnation())) {
                    due.put(owner.node(), owner.started() ? HoldingState.ONLINE : HoldingState.ACQUIRING);
                }
            }
            for (Map.Entry<NodeId, HoldingState> entry : due.entrySet()) {
                any |= hold(view, assignment, entry.getKey(), entry.getValue());
            }
        }
        return any;
    }

    private boolean hold(ClusterView view, ServiceAssignment assignment, NodeId node, HoldingState state) {
        ServiceName service = assignment.service();
        Optional<Holding> known = view.holdings().getOrDefault(service, List.of()).stream()
                .filter(h -> h.node().equals(node))
                .findFirst();
        Member member = view.members().get(node);
        if (member == null || known.filter(h -> h.state() == state).isPresent()) {
            return false;
        }
        long generation = assignment.ownerOn(node).map(Owner::generation).orElseGet(assignment::generation);
        facts.hold(new Holding(service, node, member.incarnation(), generation, state));
        return true;
    }

    private static void due(ClusterView view, ServiceName service, Owner owner, Map<NodeId, List<Report>> due) {
        if (owner.stopping().isPresent()) {
            due(view, service, owner.node(), owner.incarnation(), owner.generation(), Verb.STOP, due);
        } else if (!owner.started()) {
            due(view, service, owner.node(), owner.incarnation(), owner.generation(), Verb.START, due);
        }
        owner.recovery()
                .flatMap(Recovery::runner)
                .ifPresent(r -> due(view, service, r.node(), r.incarnation(), r.generation(), Verb.RECOVERY, due));
    }

    private static void notifications(
            ClusterView view, ServiceAssignment assignment, Owner owner, Map<NodeId, List<Report>> due) {
        ServiceName service = assignment.service();
        ServiceSpec root = view.services().get(new Groupings(view.services()).root(service));
        boolean registered = owner.started()
                && owner.stopping().isEmpty()
                && owner.recovery().isEmpty();
        if (root == null || !registered || !owner.actions().has(Verb.NOTIFY)) {
            return;
        }
        for (Member member : view.members().values()) {
            if (view.membership().isJoined(member.node(), member.incarnation())
                    && root.placement().isAllowed(member.node())
                    && assignment.ownerOn(member.node()).isEmpty()) {
                due(view, service, member.node(), member.incarnation(), owner.generation(), Verb.NOTIFY, due);
            }
        }
    }

    private static void due(
            ClusterView view,
            ServiceName service,
            NodeId node,
            Incarnation incarnation,
            long generation,
            Verb verb,
            Map<NodeId, List<Report>> due) {
        NodeReports told = view.reports().get(node);
        if (view.lives(node, incarnation)
                && (told == null || told.of(service, generation, verb).isEmpty())) {
            due.computeIfAbsent(node, k -> new ArrayList<>())
                    .add(new Report(service, generation, verb, Outcome.SUCCEEDED, ""));
        }
    }

    private void publish(ClusterView view, NodeId node, List<Report> due) {
        Member member = view.members().get(node);
        if (member == null) {
            return;
        }
        List<Report> all = new ArrayList<>();
        NodeReports told = view.reports().get(node);
        if (told != null && told.incarnation().equals(member.incarnation())) {
            told.reports().stream()
                    .filter(r -> view.assignment(r.service()).owners().stream()
                            .anyMatch(o -> o.generation() == r.generation()))
                    .forEach(all::add);
        }
        all.addAll(due);
        facts.say(new NodeReports(node, member.incarnation(), all));
    }
}
