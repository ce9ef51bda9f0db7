package io.stead.simulate;

import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Member;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.service.Holding;
import io.stead.model.service.NodeReports;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.model.view.Unreadable;
import io.stead.plan.Decision;
import io.stead.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store as facts in memory, with what makes it safe: sessions whose end takes all that they hold, the leader's epoch, and
 * records that are written only over the very version that was read. Mutable, for one thread; {@link #view} is immutable.
 */
public final class Facts {
    private final Map<NodeId, Member> members;
    private final Map<NodeId, NodeStatus> statuses;
    private final Map<NodeId, NodeOverride> overrides;
    private final Map<ServiceName, ServiceSpec> services;
    private final Map<ServiceName, ServiceAssignment> assignments;
    private final Map<ServiceName, List<Holding>> holdings;
    private final Map<NodeId, NodeReports> reports;
    private final List<Request> requests;
    private final List<Answer> answers;
    private final List<Unreadable> unreadable;
    private Maintenance maintenance;
    private Membership membership;
    private Epoch epoch;
    private Optional<NodeId> leader;
    private @Nullable ClusterView current;

    /** How a commit ended. */
    public enum Commit {
        COMMITTED,
        /** Something that is written here has changed since it was read. */
        STALE,
        /** A newer leader has taken over. */
        DEPOSED
    }

    public Facts(ClusterView start) {
        members = new TreeMap<>(start.members());
        statuses = new TreeMap<>(start.statuses());
        overrides = new TreeMap<>(start.overrides());
        services = new TreeMap<>(start.services());
        assignments = new TreeMap<>(start.assignments());
        holdings = new TreeMap<>(start.holdings());
        reports = new TreeMap<>(start.reports());
        requests = new ArrayList<>(start.requests());
        answers = new ArrayList<>(start.answers());
        unreadable = new ArrayList<>(start.unreadable());
        maintenance = start.maintenance();
        membership = start.membership();
        epoch = start.epoch();
        leader = start.leader();
        current = start;
    }

    /** The whole as it stands. */
    public ClusterView view() {
        ClusterView known = current;
        if (known == null) {
            known = new ClusterView(
                    epoch,
                    leader,
                    Map.copyOf(members),
                    Map.copyOf(statuses),
                    membership,
                    Map.copyOf(overrides),
                    maintenance,
                    Map.copyOf(services),
                    Map.copyOf(assignments),
                    Map.copyOf(holdings),
                    Map.copyOf(reports),
                    List.copyOf(requests),
                    List.copyOf(answers),
                    List.copyOf(unreadable));
            current = known;
        }
        return known;
    }

    // ---- sessions

    /** A node is there, under a session of its own. */
    public void come(Member member, NodeStatus status) {
        members.put(member.node(), member);
        statuses.put(member.node(), status);
        current = null;
    }

    /** A session is over; what it held goes with it. */
    public void end(NodeId node, Incarnation incarnation) {
        Member member = members.get(node);
        if (member != null && member.incarnation().equals(incarnation)) {
            members.remove(node);
            statuses.remove(node);
            reports.remove(node);
            holdings.replaceAll((service, all) ->
                    all.stream().filter(h -> !h.node().equals(node)).toList());
            holdings.values().removeIf(List::isEmpty);
            current = null;
        }
    }

    /** Whether that life of a node is present. */
    public boolean lives(NodeId node, Incarnation incarnation) {
        Member member = members.get(node);
        return member != null && member.incarnation().equals(incarnation);
    }

    // ---- what nodes write

    public void say(NodeStatus status) {
        statuses.put(status.node(), status);
        current = null;
    }

    public void say(NodeReports all) {
        reports.put(all.node(), all);
        current = null;
    }

    public void hold(Holding holding) {
        Stream<Holding> others = holdings.getOrDefault(holding.service(), List.of()).stream()
                .filter(h -> !h.node().equals(holding.node()));
        holdings.put(
                holding.service(), Stream.concat(others, Stream.of(holding)).toList());
        current = null;
    }

    // ---- what operators write

    public void apply(ServiceSpec spec) {
        services.put(spec.name(), spec);
        current = null;
    }

    public void delete(ServiceName service) {
        services.remove(service);
        current = null;
    }

    public void ask(Request request) {
        requests.add(request);
        current = null;
    }

    /** From now on these can't be read. */
    public void blur(List<Unreadable> what) {
        unreadable.clear();
        unreadable.addAll(what);
        current = null;
    }

    // ---- what the leader writes

    /** A new leader takes over: what older ones commit is refused from now on. */
    public Epoch elect(NodeId node) {
        epoch = epoch.next();
        leader = Optional.of(node);
        current = null;
        return epoch;
    }

    /**
     * Commits a plan whole, or not at all.
     *
     * @param by the epoch of the leader that made it
     * @param base the view it was made upon
     */
    public Commit commit(Epoch by, ClusterView base, Plan plan) {
        if (!by.equals(epoch)) {
            return Commit.DEPOSED;
        }
        if (!plan.decisions().stream().allMatch(d -> isUnchanged(d, base))) {
            return Commit.STALE;
        }
        plan.decisions().forEach(this::write);
        current = plan.isEmpty() ? current : null;
        return Commit.COMMITTED;
    }

    /** A record is replaced at every write, so that the same one is the same version. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isUnchanged(Decision decision, ClusterView base) {
        return switch (decision) {
            case Decision.SetMembership d -> base.membership() == membership;
            case Decision.SetOverride d ->
                same(base.overrides(), overrides, d.override().node());
            case Decision.SetMaintenance d -> base.maintenance() == maintenance;
            case Decision.SetAssignment d ->
                same(base.assignments(), assignments, d.assignment().service());
            case Decision.Give d ->
                requests.stream().anyMatch(r -> r.id().equals(d.answer().requestId()));
            case Decision.Forget d -> answers.contains(d.answer());
        };
    }

    @SuppressWarnings("ReferenceEquality")
    private static <K, V> boolean same(Map<K, V> base, Map<K, V> now, K key) {
        return base.containsKey(key) == now.containsKey(key) && base.get(key) == now.get(key);
    }

    private void write(Decision decision) {
        switch (decision) {
            case Decision.SetMembership d -> membership = d.membership();
            case Decision.SetOverride d -> overrides.put(d.override().node(), d.override());
            case Decision.SetMaintenance d -> maintenance = d.maintenance();
            case Decision.SetAssignment d -> assignments.put(d.assignment().service(), d.assignment());
            case Decision.Give d -> {
                requests.removeIf(r -> r.id().equals(d.answer().requestId()));
                answers.add(d.answer());
            }
            case Decision.Forget d -> answers.remove(d.answer());
        }
    }
}
