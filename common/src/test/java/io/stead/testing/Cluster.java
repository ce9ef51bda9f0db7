package io.stead.testing;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Phase;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import io.stead.model.view.Unreadable;
import io.stead.plan.Observations;
import io.stead.plan.Plan;
import io.stead.plan.Planner;
import io.stead.simulate.Facts;
import io.stead.simulate.IdealNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster in the hands of a test: facts are said, plans are made and committed. Nodes do nothing by themselves; {@link #settle}
 * lets ideal ones do all they are asked.
 */
public final class Cluster {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Facts facts = new Facts(ClusterView.EMPTY);
    private final IdealNodes ideal = new IdealNodes(facts);
    private Observations seen = Observations.NONE;
    private Now now = new Now(START, 0);
    private long sessions;
    private int requests;
    private Plan last = new Plan(List.of(), new java.util.TreeMap<>(), Optional.empty());

    // ---- what is said

    public Cluster apply(SpecBuilder... specs) {
        for (SpecBuilder spec : specs) {
            facts.apply(spec.spec());
        }
        return this;
    }

    public Cluster delete(String... services) {
        for (String service : services) {
            facts.delete(new ServiceName(service));
        }
        return this;
    }

    /** The nodes come, each under a new session. */
    public Cluster up(String... nodes) {
        for (String name : nodes) {
            NodeId node = new NodeId(name);
            Incarnation incarnation = new Incarnation(++sessions);
            facts.come(
                    new Member(node, incarnation, "boot-" + sessions, List.of(), Map.of()),
                    new NodeStatus(node, incarnation, true, 0, false));
        }
        return this;
    }

    /** The nodes' sessions end. */
    public Cluster down(String... nodes) {
        for (String name : nodes) {
            facts.end(new NodeId(name), life(name));
        }
        return this;
    }

    public Cluster load(String node, int load) {
        facts.say(new NodeStatus(new NodeId(node), life(node), true, load, false));
        return this;
    }

    public Cluster notOk(String node) {
        facts.say(new NodeStatus(new NodeId(node), life(node), false, 0, false));
        return this;
    }

    /** The node asks for a graceful leave, since its host shuts down. */
    public Cluster leaves(String node) {
        facts.say(new NodeStatus(new NodeId(node), life(node), true, 0, true));
        return this;
    }

    public Cluster pass(Duration span) {
        now = now.plus(span);
        return this;
    }

    /** A command that is asked of the service's only owner on the node has ended so. */
    public Cluster reports(String node, String service, Verb verb, Outcome outcome) {
        ServiceAssignment assignment = assignment(service);
        long generation = verb == Verb.RECOVERY
                ? assignment.owners().stream()
                        .flatMap(o -> o.recovery().flatMap(r -> r.runner()).stream())
                        .filter(r -> r.node().value().equals(node))
                        .findFirst()
                        .orElseThrow()
                        .generation()
                : assignment.ownerOn(new NodeId(node)).orElseThrow().generation();
        return reports(node, new Report(new ServiceName(service), generation, verb, outcome, "exit 1"));
    }

    public Cluster reports(String node, Report report) {
        NodeId id = new NodeId(node);
        List<Report> all = new ArrayList<>();
        Optional.ofNullable(view().reports().get(id)).ifPresent(r -> all.addAll(r.reports()));
        all.add(report);
        facts.say(new NodeReports(id, life(node), all));
        return this;
    }

    public Cluster blurred(Unreadable... what) {
        facts.blur(List.of(what));
        return this;
    }

    public Facts facts() {
        return facts;
    }

    // ---- what is decided

    /** Makes one plan and commits it. */
    public Plan plan() {
        seen = seen.see(view(), now);
        last = Planner.plan(view(), seen, now);
        facts.commit(view().epoch(), view(), last);
        return last;
    }

    /** Another leader takes over: what the former one observed is lost. */
    public Cluster newLeader() {
        seen = Observations.NONE;
        return this;
    }

    /** Plans, and lets ideal nodes obey, until neither has anything to do. */
    public Cluster settle() {
        for (int round = 0; round < 1_000; round++) {
            boolean planned = !plan().isEmpty();
            boolean obeyed = ideal.obey();
            if (!planned && !obeyed) {
                return this;
            }
        }
        throw new AssertionError("the cluster does not come to rest: " + last.decisions());
    }

    /** As {@link #settle}, also waiting for as long as the plans say. */
    public Cluster settleInTime(Duration atMost) {
        Now until = now.plus(atMost);
        settle();
        while (last.reconsiderIn().isPresent()
                && now.plus(last.reconsiderIn().get()).nanos() <= until.nanos()) {
            pass(last.reconsiderIn().get()).settle();
        }
        return this;
    }

    /** Plans until there is nothing to decide; nodes do nothing. */
    public Cluster planAll() {
        for (int round = 0; round < 100; round++) {
            if (plan().isEmpty()) {
                return this;
            }
        }
        throw new AssertionError("planning does not come to rest: " + last.decisions());
    }

    /** An operator asks; the answer is that of the next plan. */
    public Answer ask(Wish wish) {
        Request request = request(wish);
        facts.ask(request);
        plan();
        return answer(request.id()).orElseThrow();
    }

    public Request request(Wish wish) {
        return new Request(
                "r" + ++requests,
                wish,
                "ann",
                "maintenance",
                Optional.empty(),
                now.wall().plusSeconds(60),
                Optional.empty());
    }

    public Optional<Answer> answer(String id) {
        return view().answers().stream().filter(a -> a.requestId().equals(id)).findFirst();
    }

    // ---- what is asked about

    public ClusterView view() {
        return facts.view();
    }

    public Now now() {
        return now;
    }

    public Observations seen() {
        return seen;
    }

    public Incarnation life(String node) {
        return view().members().values().stream()
                .filter(m -> m.node().value().equals(node))
                .findFirst()
                .orElseThrow()
                .incarnation();
    }

    public ServiceAssignment assignment(String service) {
        return view().assignment(new ServiceName(service));
    }

    public Optional<Owner> owner(String service) {
        return assignment(service).owners().stream().findFirst();
    }

    /** The nodes that have charge of the service, in order. */
    public List<String> nodes(String service) {
        return assignment(service).owners().stream().map(o -> o.node().value()).toList();
    }

    /** As status shows it: {@code registered on n1}. */
    public String state(String service) {
        ServiceAssignment assignment = assignment(service);
        String word = Phase.of(assignment, o -> view().lives(o.node(), o.incarnation()))
                .word();
        String nodes = nodes(service).isEmpty() ? "" : " on " + String.join(" ", nodes(service));
        return word + nodes + (assignment.transfer().isPresent() ? " T" : "");
    }

    /** Why the last plan says the service is as it is. */
    public String reason(String service) {
        return Optional.ofNullable(last.why().get(new ServiceName(service)))
                .map(r -> r.sentence())
                .orElseGet(() -> assignment(service).reason());
    }

    public MemberPhase member(String node) {
        return view().membership().phase(new NodeId(node));
    }

    /** How many services each node has charge of, most first. */
    public List<Long> spread() {
        return view().members().keySet().stream()
                .map(n -> view().assignments().values().stream()
                        .filter(a -> a.ownerOn(n).isPresent())
                        .count())
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
