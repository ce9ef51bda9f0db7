package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.MemberState;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.reason.Reason;
import io.stead.model.request.Answer;
import io.stead.model.service.Assignments;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Groupings;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.model.view.Unreadable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making: the view, and what the deciders before have decided upon it. It lives within one call of
 * {@link Planner#plan} and is seen by nobody else, so that the function stays pure.
 */
final class Draft {
    final ClusterView view;
    final Observations seen;
    final Now now;
    final Groupings groupings;
    /** All that is defined, or that something was decided about, by name. */
    final List<ServiceName> services;

    private Membership membership;
    private Maintenance maintenance;
    private final SortedMap<NodeId, NodeOverride> overrides = new TreeMap<>();
    private final SortedMap<ServiceName, ServiceAssignment> assignments = new TreeMap<>();
    private final SortedMap<ServiceName, Reason> why = new TreeMap<>();
    private final List<Decision> answers = new ArrayList<>();
    private final Set<ServiceName> recorded = new HashSet<>();
    private final Set<ServiceName> frozen = new HashSet<>();
    private final Map<ServiceName, SortedSet<ServiceName>> placedBeneath = new HashMap<>();
    private @Nullable Duration reconsider;
    private @Nullable Field field;

    Draft(ClusterView view, Observations seen, Now now) {
        this.view = view;
        this.seen = seen;
        this.now = now;
        this.groupings = new Groupings(view.services());
        this.membership = view.membership();
        this.maintenance = view.maintenance().at(now.wall());
        List<ServiceName> names = new ArrayList<>(view.assignments().keySet());
        view.services().keySet().stream()
                .filter(s -> !view.assignments().containsKey(s))
                .forEach(names::add);
        Collections.sort(names);
        this.services = names;
        for (ServiceAssignment assignment : view.assignments().values()) {
            for (Owner owner : assignment.owners()) {
                owner.parent()
                        .ifPresent(p -> placedBeneath
                                .computeIfAbsent(p, k -> new TreeSet<>())
                                .add(assignment.service()));
            }
        }
        freeze();
        view.maintenance().cluster().ifPresent(n -> maintain(new Maintenance.Scope.Cluster(), n));
        view.maintenance().services().forEach((s, n) -> maintain(new Maintenance.Scope.Service(s), n));
    }

    private void freeze() {
        for (Unreadable unreadable : view.unreadable()) {
            unreadable.service().ifPresent(s -> {
                frozen.add(s);
                why.put(s, new Reason.Frozen(unreadable.path(), unreadable.why()));
            });
        }
        Set<ServiceName> unread = Set.copyOf(frozen);
        for (ServiceSpec spec : view.services().values()) {
            if (spec.parent().isPresent()) {
                groupings.misplaced(spec.name()).ifPresent(m -> misplaced(spec.name(), m, unread));
            }
        }
    }

    /** A child whose parent was deleted goes as the parent does; one in a ring, or beneath what can't be read, stays. */
    private void misplaced(ServiceName service, String reason, Set<ServiceName> unread) {
        why.putIfAbsent(service, new Reason.Misplaced(reason));
        if (groupings.missing(service).filter(m -> !unread.contains(m)).isEmpty()) {
            frozen.add(service);
        }
    }

    // ---- maintenance

    /** As it stands in this draft. */
    Maintenance maintenance() {
        return maintenance;
    }

    /** What is in maintenance is left alone from this very plan on. */
    void begin(Maintenance.Scope scope, Maintenance.Notice notice) {
        maintenance = maintenance.with(scope, notice);
        maintain(scope, notice);
        field = null;
    }

    /** It is left alone in this plan still: what follows from it is for the next one. */
    void end(Maintenance.Scope scope) {
        maintenance = maintenance.without(scope);
    }

    private void maintain(Maintenance.Scope scope, Maintenance.Notice notice) {
        Reason reason = new Reason.InMaintenance(scope, notice);
        switch (scope) {
            case Maintenance.Scope.Cluster _ -> services.forEach(s -> maintain(s, reason));
            case Maintenance.Scope.Service s -> maintain(s.service(), reason);
            case Maintenance.Scope.Node _ -> {}
        }
    }

    private void maintain(ServiceName service, Reason reason) {
        frozen.add(service);
        why.putIfAbsent(service, reason);
    }

    /** Why nothing may be decided about what is on the node, if so. */
    Optional<Reason.InMaintenance> maintained(NodeId node) {
        // Asked for every owner, and mostly there is none.
        return maintenance.nodes().isEmpty() && view.maintenance().nodes().isEmpty()
                ? Optional.empty()
                : maintained(new Maintenance.Scope.Node(node));
    }

    /** Why nothing may be decided about the service, if that is because of a maintenance: its own, the cluster's, or its node's. */
    Optional<Reason.InMaintenance> maintained(ServiceName service) {
        return Stream.of(new Maintenance.Scope.Service(service), new Maintenance.Scope.Cluster())
                .flatMap(scope -> maintained(scope).stream())
                .findFirst()
                .or(() -> assignment(service).owners().stream()
                        .flatMap(o -> maintained(o.node()).stream())
                        .findFirst());
    }

    /** As it is, or was when this plan began. */
    private Optional<Reason.InMaintenance> maintained(Maintenance.Scope scope) {
        return maintenance
                .of(scope)
                .or(() -> view.maintenance().of(scope))
                .map(n -> new Reason.InMaintenance(scope, n));
    }

    /** Whether nothing may be decided about the service, because it can't be read, is in maintenance, or its line of parents is a ring. */
    boolean isFrozen(ServiceName service) {
        return frozen.contains(service);
    }

    /** Such as {@code frozen: /specs/services/s can't be read (…)}. */
    String whyFrozen(ServiceName service) {
        Reason reason = why.get(service);
        return reason == null ? "frozen" : reason.sentence();
    }

    /** Whether it stays as it is, because it or what it stands upon is frozen. */
    boolean isHeld(ServiceName service) {
        Set<ServiceName> passed = new HashSet<>();
        Optional<ServiceName> at = Optional.of(service);
        while (at.isPresent() && passed.add(at.get())) {
            if (isFrozen(at.get())) {
                return true;
            }
            at = groupings.parent(at.get());
        }
        return false;
    }

    /** What stands on the owner's node beneath its service: what was placed so, and what may be though it can't be read. */
    List<ServiceName> beneath(ServiceName service, Owner owner) {
        List<ServiceName> beneath = new ArrayList<>();
        for (ServiceName child : placedBeneath.getOrDefault(service, Collections.emptySortedSet())) {
            if (assignment(child)
                    .ownerOn(owner.node(), owner.incarnation())
                    .filter(o -> o.parent().equals(Optional.of(service)))
                    .isPresent()) {
                beneath.add(child);
            }
        }
        for (ServiceName child : groupings.children(service)) {
            if (isFrozen(child) && !beneath.contains(child)) {
                beneath.add(child);
            }
        }
        return beneath;
    }

    // ---- members

    Membership membership() {
        return membership;
    }

    void set(MemberState state) {
        membership = membership.with(state);
        field = null;
    }

    void forget(NodeId node) {
        membership = membership.without(node);
        field = null;
    }

    Optional<NodeOverride> override(NodeId node) {
        NodeOverride changed = overrides.get(node);
        NodeOverride known = changed == null ? view.overrides().get(node) : changed;
        return Optional.ofNullable(known).filter(o -> !o.hasExpired(now.wall()));
    }

    void set(NodeOverride override) {
        overrides.put(override.node(), override);
        field = null;
    }

    /** The nodes that may be chosen from, as they stand in this draft. */
    Field field() {
        Field known = field;
        if (known == null) {
            known = Field.of(this);
            field = known;
        }
        return known;
    }

    // ---- services

    Optional<ServiceSpec> spec(ServiceName service) {
        return Optional.ofNullable(view.services().get(service));
    }

    ServiceAssignment assignment(ServiceName service) {
        ServiceAssignment changed = assignments.get(service);
        return changed == null ? view.assignment(service) : changed;
    }

    boolean lives(Owner owner) {
        return view.lives(owner.node(), owner.incarnation());
    }

    /** Every assignment there is, as it stands in this draft. */
    List<ServiceAssignment> assignments() {
        List<ServiceAssignment> all = new ArrayList<>();
        for (ServiceName service : services) {
            ServiceAssignment changed = assignments.get(service);
            ServiceAssignment known = changed == null ? view.assignments().get(service) : changed;
            if (known != null) {
                all.add(known);
            }
        }
        return all;
    }

    /** Changes an assignment that is where it is for the reason it had before. */
    void keep(ServiceName service, UnaryOperator<ServiceAssignment> change) {
        ServiceAssignment before = assignment(service);
        ServiceAssignment after = change.apply(before);
        assignments.put(service, after);
        if (field != null) {
            field.moved(before, after);
        }
    }

    /** Changes an assignment, for this reason. */
    void change(ServiceName service, Reason reason, UnaryOperator<ServiceAssignment> change) {
        ServiceAssignment before = assignment(service);
        ServiceAssignment after = Assignments.because(change.apply(before), reason.sentence());
        assignments.put(service, after);
        why.put(service, reason);
        if (field != null) {
            field.moved(before, after);
        }
    }

    /** Notes that a milestone of the service is written by this plan: what follows from it is for the next one. */
    void recorded(ServiceName service) {
        recorded.add(service);
    }

    boolean isRecorded(ServiceName service) {
        return recorded.contains(service);
    }

    /** Why the service waits, where nothing better has been said. */
    void waits(ServiceName service, Reason reason) {
        why.putIfAbsent(service, reason);
    }

    void waits(ServiceName service, Reason reason, Duration lookAgainIn) {
        waits(service, reason);
        reconsiderIn(lookAgainIn);
    }

    void reconsiderIn(Duration span) {
        Duration least = span.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : span;
        Duration known = reconsider;
        reconsider = known == null || least.compareTo(known) < 0 ? least : known;
    }

    void answer(Decision answer) {
        answers.add(answer);
    }

    void give(Answer answer) {
        answers.add(new Decision.Give(answer));
    }

    Plan finish() {
        List<Decision> decisions = new ArrayList<>();
        if (!membership.equals(view.membership())) {
            decisions.add(new Decision.SetMembership(membership));
        }
        if (!maintenance.equals(view.maintenance())) {
            decisions.add(new Decision.SetMaintenance(maintenance));
        }
        for (Map.Entry<NodeId, NodeOverride> entry : overrides.entrySet()) {
            if (!entry.getValue().equals(view.overrides().get(entry.getKey()))) {
                decisions.add(new Decision.SetOverride(entry.getValue()));
            }
        }
        for (Map.Entry<ServiceName, ServiceAssignment> entry : assignments.entrySet()) {
            if (!entry.getValue().equals(view.assignments().get(entry.getKey()))) {
                decisions.add(new Decision.SetAssignment(entry.getValue()));
            }
        }
        decisions.addAll(answers);
        return new Plan(decisions, why, Optional.ofNullable(reconsider));
    }
}
