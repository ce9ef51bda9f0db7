package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Text;
import io.stead.model.member.Maintenance;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeOverride;
import io.stead.model.reason.Reason;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.Assignments;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers requests, each once: its effect and its answer are decided together, and committed in one transaction. What is
 * refused changes nothing.
 */
final class Wishes {
    private static final int SHOWN = 4;

    private Wishes() {}

    static void decide(Draft draft) {
        Set<String> answered =
                draft.view.answers().stream().map(Answer::requestId).collect(Collectors.toSet());
        for (Request request : draft.view.requests()) {
            if (!answered.contains(request.id())) {
                draft.give(answer(draft, request));
            }
        }
    }

    /** Whether the answered request is there again and not yet too late: without its answer it would be carried out twice. */
    static boolean mayBeRepeated(Draft draft, Answer answer) {
        return draft.view.requests().stream()
                .anyMatch(r ->
                        r.id().equals(answer.requestId()) && !draft.now.wall().isAfter(r.notAfter()));
    }

    private static Answer answer(Draft draft, Request request) {
        if (draft.now.wall().isAfter(request.notAfter())) {
            return refused(draft, request, "it came too late: no leader took it up before " + request.notAfter());
        }
        return switch (request.wish()) {
            case Wish.Register w -> service(draft, request, w.service());
            case Wish.Deregister w -> service(draft, request, w.service());
            case Wish.Transfer w -> service(draft, request, w.service());
            case Wish.Restart w -> service(draft, request, w.service());
            case Wish.Clear w -> service(draft, request, w.service());
            case Wish.Quiesce w -> override(draft, request, w.node(), true, false);
            case Wish.Drain w -> override(draft, request, w.node(), true, true);
            case Wish.Resume w -> override(draft, request, w.node(), false, false);
            case Wish.Leave w -> member(draft, request, w.node());
            case Wish.Join w -> member(draft, request, w.node());
            case Wish.ForceLeave w -> member(draft, request, w.node());
            case Wish.DeleteNode w -> delete(draft, request, w.node());
            case Wish.Maintain w -> maintain(draft, request, w);
        };
    }

    /** So many can be at work at once; of more the whole cluster is. */
    private static final int MAINTAINED = 200;

    private static Answer maintain(Draft draft, Request request, Wish.Maintain wish) {
        Maintenance maintenance = draft.maintenance();
        Optional<Answer> unknown = switch (wish.scope()) {
            case Maintenance.Scope.Cluster _ -> Optional.empty();
            case Maintenance.Scope.Node s when isKnown(draft, s.node()) -> Optional.empty();
            case Maintenance.Scope.Node s -> Optional.of(unknown(draft, request, s.node()));
            case Maintenance.Scope.Service s when draft.spec(s.service()).isPresent() -> Optional.empty();
            case Maintenance.Scope.Service s -> Optional.of(noService(draft, request, s.service()));
        };
        boolean isThere = maintenance.of(wish.scope()).isPresent();
        if (unknown.isPresent() && (wish.begins() || !isThere)) {
            return unknown.get();
        }
        if (!wish.begins() && !isThere) {
            return refused(draft, request, "it is not in maintenance: see `stead status`");
        }
        if (wish.begins() && maintenance.nodes().size() + maintenance.services().size() >= MAINTAINED) {
            return refused(
                    draft,
                    request,
                    MAINTAINED
                            + " nodes and services are in maintenance: end some, or use `stead maintenance --cluster`");
        }
        if (wish.begins()) {
            draft.begin(
                    wish.scope(),
                    new Maintenance.Notice(request.author(), request.reason(), draft.now.wall(), request.expires()));
        } else {
            draft.end(wish.scope());
        }
        return accepted(draft, request);
    }

    // ---- services

    private static Answer noService(Draft draft, Request request, ServiceName service) {
        return answer(draft, request, Answer.Verdict.NOT_FOUND, "no service " + service + ": see `stead services`");
    }

    private static Answer service(Draft draft, Request request, ServiceName service) {
        ServiceAssignment before = draft.assignment(service);
        if (draft.spec(service).isEmpty() && before.owners().isEmpty()) {
            return noService(draft, request, service);
        }
        Optional<NodeId> stranger = request.wish().named().filter(node -> !isKnown(draft, node));
        if (stranger.isPresent()) {
            return unknown(draft, request, stranger.get());
        }
        Optional<Reason.InMaintenance> maintained = draft.maintained(service);
        if (maintained.isPresent()) {
            return refused(draft, request, "service " + service + ": " + heldBy(maintained.get()));
        }
        if (draft.isFrozen(service)) {
            return refused(draft, request, "service " + service + " is " + draft.whyFrozen(service));
        }
        if (request.expectedGeneration().isPresent()
                && request.expectedGeneration().get() != before.generation()) {
            return refused(
                    draft,
                    request,
                    "service %s is at generation %d, not %d: look again"
                            .formatted(
                                    service,
                                    before.generation(),
                                    request.expectedGeneration().get()));
        }
        Optional<String> refusal = ServiceWishes.carryOut(draft, request, service);
        return refusal.isPresent()
                ? refused(draft, request, refusal.get())
                : new Answer(
                        request.id(),
                        Answer.Verdict.ACCEPTED,
                        Optional.of(draft.assignment(service).generation()),
                        draft.assignment(service).equals(before) ? "nothing is to be done for " + service : "",
                        draft.now.wall());
    }

    // ---- nodes

    private static Answer override(Draft draft, Request request, NodeId node, boolean quiesced, boolean drained) {
        if (!isKnown(draft, node)) {
            return unknown(draft, request, node);
        }
        Optional<NodeOverride> drain = draft.override(node).filter(NodeOverride::drained);
        if (quiesced && !drained && drain.isPresent()) {
            return refused(
                    draft,
                    request,
                    "node %s is drained by %s, which says more: `stead node resume %s` ends that"
                            .formatted(node, drain.get().author(), node));
        }
        draft.set(new NodeOverride(
                node, quiesced, drained, request.author(), request.reason(), draft.now.wall(), request.expires()));
        return accepted(draft, request);
    }

    private static Answer member(Draft draft, Request request, NodeId node) {
        if (!isKnown(draft, node)) {
            return unknown(draft, request, node);
        }
        Optional<MemberState> state = draft.membership().of(node);
        MemberPhase phase = state.map(MemberState::phase).orElse(MemberPhase.INACTIVE);
        boolean present =
                state.isPresent() && draft.view.lives(node, state.get().incarnation());
        String word = phase.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Optional<Reason.InMaintenance> maintained = draft.maintained(node);
        Optional<String> refusal = switch (request.wish()) {
            case Wish.Leave w when maintained.isPresent() -> Optional.of(heldBy(maintained.get()));
            case Wish.ForceLeave w when maintained.isPresent() -> Optional.of(heldBy(maintained.get()));
            case Wish.Leave w
            when phase != MemberPhase.JOINED && phase != MemberPhase.JOINING ->
                Optional.of("node " + node + " is " + word + ": only a joined node can leave");
            case Wish.Leave w when !w.force() -> strands(draft, node);
            case Wish.Join w
            when phase != MemberPhase.INACTIVE ->
                Optional.of("node " + node + " is " + word + ": only an inactive node can join");
            case Wish.Join w
            when !present -> Optional.of("node " + node + " is down: start its agent, and it joins by itself");
            case Wish.ForceLeave w
            when phase == MemberPhase.INACTIVE || phase == MemberPhase.FORCED_LEAVING ->
                Optional.of("node " + node + " is " + word + ": there is nothing to force out");
            default -> Optional.empty();
        };
        if (refusal.isPresent()) {
            return refused(draft, request, refusal.get());
        }
        MemberPhase next = switch (request.wish()) {
            case Wish.Leave w -> MemberPhase.LEAVING;
            case Wish.Join w -> MemberPhase.JOINED;
            default -> MemberPhase.FORCED_LEAVING;
        };
        Transitions.enter(draft, node, state.orElseThrow().incarnation(), next, reason(request));
        return accepted(draft, request);
    }

    private static String heldBy(Reason.InMaintenance maintained) {
        return maintained.sentence() + "; end that first: " + maintained.mend();
    }

    /** What would stop with the node, since nobody else can take it: that is not done by the way. */
    private static Optional<String> strands(Draft draft, NodeId node) {
        List<ServiceName> stranded =
                draft.services.stream().filter(s -> strands(draft, node, s)).toList();
        if (stranded.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "no other node can take %s, which would stop with node %s: see `stead explain %s`, or add --force"
                        .formatted(Text.listed(stranded, SHOWN), node, stranded.getFirst()));
    }

    private static boolean strands(Draft draft, NodeId node, ServiceName service) {
        Optional<ServiceSpec> spec = draft.spec(service);
        Optional<ServiceSpec> root = draft.spec(draft.groupings.root(service));
        ServiceAssignment assignment = draft.assignment(service);
        boolean isOnlyThere = assignment.ownerOn(node).filter(draft::lives).isPresent()
                && assignment.owners().stream().allMatch(o -> o.node().equals(node));
        return isOnlyThere
                && spec.filter(s -> Stops.isWanted(draft, s)).isPresent()
                && root.isPresent()
                && Choosing.able(draft, root.get().placement(), Set.of(node)).stream()
                        .allMatch(r -> root.get()
                                .failures()
                                .isSpent(Choosing.failures(
                                        draft.assignment(root.get().name()), r)));
    }

    /** What nobody may need any more goes at once, and not after a week ({@link Transitions}). */
    private static Answer delete(Draft draft, Request request, NodeId node) {
        if (!isKnown(draft, node)) {
            return unknown(draft, request, node);
        }
        Optional<String> refusal = stillNeeded(draft, node);
        if (refusal.isPresent()) {
            return refused(draft, request, refusal.get());
        }
        draft.forget(node);
        draft.end(new Maintenance.Scope.Node(node));
        // Never deleted (docs/znodes.md): it says that nothing is asked of the node.
        if (draft.override(node).isPresent()) {
            draft.set(new NodeOverride(
                    node, false, false, request.author(), request.reason(), draft.now.wall(), Optional.empty()));
        }
        for (ServiceAssignment a : draft.assignments()) {
            boolean failed = a.failures().stream().anyMatch(f -> f.node().equals(node));
            if (failed && !draft.isFrozen(a.service())) {
                draft.keep(a.service(), kept -> Assignments.forgiven(kept, node::equals));
            }
        }
        return accepted(draft, request);
    }

    private static Optional<String> stillNeeded(Draft draft, NodeId node) {
        if (draft.view.members().containsKey(node)) {
            return Optional.of("node " + node + " is up: stop its agent first");
        }
        for (ServiceName service : draft.services) {
            if (draft.assignment(service).ownerOn(node).isPresent()) {
                return Optional.of("service %s is still to be recovered from node %s: see `stead explain %s`"
                        .formatted(service, node, service));
            }
        }
        return draft.view.unreadable().stream()
                .flatMap(u -> u.service().stream())
                .filter(s -> !draft.view.assignments().containsKey(s))
                .findFirst()
                .map(s -> "service %s may be still to be recovered from node %s: it is %s"
                        .formatted(s, node, draft.whyFrozen(s)));
    }

    private static String reason(Request request) {
        return "asked by " + request.author() + (request.reason().isEmpty() ? "" : ": " + request.reason());
    }

    private static boolean isKnown(Draft draft, NodeId node) {
        return draft.view.members().containsKey(node)
                || draft.membership().of(node).isPresent();
    }

    // ---- answers

    private static Answer unknown(Draft draft, Request request, NodeId node) {
        return answer(draft, request, Answer.Verdict.NOT_FOUND, "no node " + node + ": see `stead nodes`");
    }

    private static Answer refused(Draft draft, Request request, String why) {
        return answer(draft, request, Answer.Verdict.REFUSED, why);
    }

    private static Answer accepted(Draft draft, Request request) {
        return answer(draft, request, Answer.Verdict.ACCEPTED, "");
    }

    private static Answer answer(Draft draft, Request request, Answer.Verdict verdict, String message) {
        return new Answer(request.id(), verdict, Optional.empty(), message, draft.now.wall());
    }
}
