package io.stead.cli.fake;

import io.stead.audit.Audit;
import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Line;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import io.stead.model.view.Unreadable;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The real planner leads, and nodes do at once what they are told, each step a tenth of a second. A node named in a set
 * misbehaves as the set says.
 */
public final class FakeCluster implements Cluster {
    public static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Duration STEP = Duration.ofMillis(100);

    /** Nodes on which every start fails, or nothing that was begun ever ends. */
    public final Set<NodeId> failing = new HashSet<>();

    public final Set<NodeId> hanging = new HashSet<>();
    public final List<Unreadable> unreadable = new ArrayList<>();
    /** What happens while a verb pauses, one for each pause. */
    public final Deque<Runnable> meanwhile = new ArrayDeque<>();

    public boolean leaderless;
    public boolean conflicting;

    /** So many questions are not answered. */
    public int silences;

    private Now now = new Now(NOON, 0);
    private Observations seen = Observations.NONE;
    private Optional<NodeId> leader = Optional.empty();
    private final Map<NodeId, Member> members = new TreeMap<>();
    private final Map<NodeId, NodeStatus> statuses = new TreeMap<>();
    private Membership membership = Membership.EMPTY;
    private Map<NodeId, NodeOverride> overrides = new TreeMap<>();
    private Maintenance maintenance = Maintenance.NONE;
    private final Map<ServiceName, ServiceSpec> specs = new TreeMap<>();
    private Map<ServiceName, ServiceAssignment> assignments = new TreeMap<>();
    private final Map<NodeId, List<Report>> reports = new HashMap<>();
    private List<Request> requests = new ArrayList<>();
    private List<Answer> answers = new ArrayList<>();
    private final List<Line> history = new ArrayList<>();
    private long sessions = 0xa0;
    private long steps;

    public Now now() {
        return now;
    }

    public void up(String... nodes) {
        for (String name : nodes) {
            NodeId node = new NodeId(name);
            Incarnation life = new Incarnation(++sessions);
            members.put(node, new Member(node, life, "boot", List.of("10.1.0." + sessions), Map.of()));
            statuses.put(node, new NodeStatus(node, life, true, 10, false));
            leader = leader.isEmpty() ? Optional.of(node) : leader;
        }
        settle();
    }

    public void down(String node) {
        members.remove(new NodeId(node));
        statuses.remove(new NodeId(node));
    }

    public void define(ServiceSpec... some) {
        for (ServiceSpec spec : some) {
            specs.put(spec.name(), spec);
        }
    }

    /** Lets the time pass until nothing more is to be decided, for a minute at most. */
    public void settle() {
        for (int i = 0; i < 600 && step(); i++) {
            now = now.plus(STEP);
        }
    }

    public void pass(Duration span) {
        now = now.plus(span);
    }

    private boolean step() {
        if (leaderless) {
            return false;
        }
        ClusterView view = view();
        seen = seen.see(view, now);
        Plan plan = Planner.plan(view, seen, now);
        ClusterView next = plan.appliedTo(view);
        membership = next.membership();
        overrides = new TreeMap<>(next.overrides());
        maintenance = next.maintenance();
        assignments = new TreeMap<>(next.assignments());
        requests = new ArrayList<>(next.requests());
        answers = new ArrayList<>(next.answers());
        steps++;
        Audit.between(view, next, plan.why(), now).forEach(e -> history.add(new Line(steps, e)));
        boolean acted = act();
        return acted || !plan.isEmpty();
    }

    private boolean act() {
        boolean acted = false;
        for (ServiceAssignment a : assignments.values()) {
            for (Owner owner : a.owners()) {
                if (owner.stopping().isPresent()) {
                    acted |= report(a, owner.node(), owner.generation(), Verb.STOP, Outcome.SUCCEEDED);
                } else if (!owner.started()) {
                    Outcome outcome = failing.contains(owner.node()) ? Outcome.FAILED : Outcome.SUCCEEDED;
                    acted |= report(a, owner.node(), owner.generation(), Verb.START, outcome);
                }
                acted |= owner.recovery()
                        .flatMap(r -> r.runner())
                        .map(r -> report(a, r.node(), r.generation(), Verb.RECOVERY, Outcome.SUCCEEDED))
                        .orElse(false);
            }
        }
        for (MemberState state : membership.states().values()) {
            if (state.phase() == MemberPhase.FORCED_LEAVING && view().lives(state.node(), state.incarnation())) {
                down(state.node().value());
                acted = true;
            }
        }
        return acted;
    }

    private boolean report(ServiceAssignment a, NodeId node, long generation, Verb verb, Outcome outcome) {
        if (hanging.contains(node) || !members.containsKey(node)) {
            return false;
        }
        List<Report> known = reports.computeIfAbsent(node, n -> new ArrayList<>());
        String detail = outcome == Outcome.FAILED ? "exit code 1" : "";
        Report report = new Report(a.service(), generation, verb, outcome, detail);
        return !known.contains(report) && known.add(report);
    }

    @Override
    public String name() {
        return "trial";
    }

    @Override
    public ClusterView view(Duration within) {
        answer(within);
        return view();
    }

    private void answer(Duration within) {
        if (silences > 0) {
            silences--;
            now = now.plus(within);
            throw new CommandFailed(ExitCode.UNREACHABLE, "ZooKeeper does not answer");
        }
    }

    public ClusterView view() {
        Map<NodeId, NodeReports> vectors = new HashMap<>();
        reports.forEach((node, list) -> {
            Member member = members.get(node);
            if (member != null) {
                vectors.put(node, new NodeReports(node, member.incarnation(), list));
            }
        });
        return new ClusterView(
                new Epoch(leaderless ? 0 : 3),
                leaderless ? Optional.empty() : leader,
                Map.copyOf(members),
                Map.copyOf(statuses),
                membership,
                Map.copyOf(overrides),
                maintenance,
                Map.copyOf(specs),
                Map.copyOf(assignments),
                Map.of(),
                vectors,
                List.copyOf(requests),
                List.copyOf(answers),
                List.copyOf(unreadable));
    }

    @Override
    public void write(Collection<ServiceSpec> some, Set<ServiceName> gone, Duration within) {
        if (conflicting) {
            throw new CommandFailed(ExitCode.REFUSED, "somebody else has changed the specs meanwhile: look again");
        }
        some.forEach(this::define);
        specs.keySet().removeAll(gone);
    }

    @Override
    public Optional<Answer> ask(Request request, Duration within) {
        requests.add(request);
        step();
        if (answers.stream().noneMatch(a -> a.requestId().equals(request.id()))) {
            now = now.plus(within);
        }
        return answers.stream().filter(a -> a.requestId().equals(request.id())).findFirst();
    }

    @Override
    public List<Line> history(long after, Duration within) {
        answer(within);
        return history.stream().filter(l -> l.number() > after).toList();
    }

    @Override
    public boolean pause(Duration atMost) {
        now = now.plus(atMost.compareTo(STEP) < 0 ? atMost : STEP);
        if (!meanwhile.isEmpty()) {
            meanwhile.remove().run();
        }
        return step();
    }

    @Override
    public void close() {}
}
