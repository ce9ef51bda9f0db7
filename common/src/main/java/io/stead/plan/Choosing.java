package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Failure;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which node a service is given (B13). Able nodes are weighed by, in this order: whether it has failed there, the
 * operator's preference, how much this plan gave the node already, its recent performance, what it owns, and last a hash of
 * both names, so that equals are spread evenly and always alike.
 */
final class Choosing {
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    private Choosing() {}

    /** What came of a choice. */
    sealed interface Choice {
        record Node(Field.Runner runner, Reason.Chosen reason) implements Choice {}

        record Wait(Reason reason, Duration span) implements Choice {}

        record Nobody(Reason reason) implements Choice {}
    }

    /** Why the node can't be given the service, if so: an earlier failure is no such reason. */
    static Optional<Reason> ruledOut(Placement placement, Field.Runner runner) {
        if (placement.isDenied(runner.node)) {
            return Optional.of(new Reason.Denied());
        }
        if (!placement.isAllowed(runner.node)) {
            return Optional.of(new Reason.NotAllowed());
        }
        return runner.unable;
    }

    /** The able nodes, without those named. */
    static List<Field.Runner> able(Draft draft, Placement placement, Set<NodeId> without) {
        List<Field.Runner> able = new ArrayList<>();
        for (Field.Runner runner : draft.field().all()) {
            if (runner.unable.isEmpty() && placement.isAllowed(runner.node) && !without.contains(runner.node)) {
                able.add(runner);
            }
        }
        return able;
    }

    /**
     * Chooses among nodes; where every one has just failed, the one that failed least is waited for.
     *
     * @param able how many nodes are able, whether or not they are among those to choose from
     */
    static Choice choose(Draft draft, ServiceSpec spec, List<Field.Runner> candidates, int able) {
        Placement placement = spec.placement();
        ServiceAssignment assignment = draft.assignment(spec.name());
        if (candidates.isEmpty()) {
            return new Choice.Nobody(nobody(draft, placement));
        }
        List<Field.Runner> ready = assignment.failures().isEmpty()
                ? candidates
                : candidates.stream()
                        .filter(r -> backOff(draft, assignment, r).isEmpty())
                        .toList();
        Field.Runner best = (ready.isEmpty() ? candidates : ready)
                .stream()
                        .min(order(spec.name(), placement, spec.failures(), assignment))
                        .orElseThrow();
        Optional<Field.Runner> again = candidates.stream()
                .filter(r -> isToRestart(spec.failures(), assignment, r))
                .findFirst();
        Field.Runner node = again.orElse(best);
        Optional<Duration> wait = backOff(draft, assignment, node);
        if (wait.isPresent()) {
            Reason reason = again.isPresent()
                    ? new Reason.TryingAgain(node.node, wait.get())
                    : new Reason.BackingOff(node.node, wait.get());
            return new Choice.Wait(reason, wait.get());
        }
        return new Choice.Node(node, chosen(placement, node, able));
    }

    /** Whether it has just failed there, and restarts are left (C11): then it stays where it was, whatever is preferred. */
    private static boolean isToRestart(FailurePolicy policy, ServiceAssignment assignment, Field.Runner runner) {
        return failure(assignment, runner)
                .filter(f -> f.generation() == assignment.generation() && f.count() <= policy.restarts())
                .isPresent();
    }

    static Reason.Chosen chosen(Placement placement, Field.Runner node, int able) {
        int rank = placement.prefer().isEmpty() ? 0 : placement.rank(node.node) + 1;
        return new Reason.Chosen(node.node, rank, node.load, node.owned, able);
    }

    static Reason nobody(Draft draft, Placement placement) {
        Map<Reason, List<NodeId>> ruledOut = new LinkedHashMap<>();
        for (Field.Runner runner : draft.field().all()) {
            ruledOut(placement, runner)
                    .ifPresent(r ->
                            ruledOut.computeIfAbsent(r, _ -> new ArrayList<>()).add(runner.node));
        }
        return new Reason.NoAbleNode(ruledOut);
    }

    /** How long the node is still to be spared after its last failure, if at all. */
    static Optional<Duration> backOff(Draft draft, ServiceAssignment assignment, Field.Runner node) {
        Optional<Failure> failure = failure(assignment, node);
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        Duration span = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failure.get().count() - 1, 10));
        Duration limited = span.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : span;
        Duration left = limited.minus(
                draft.seen.age(Observations.Sighting.Failed.of(assignment.service(), failure.get()), draft.now));
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    static int failures(ServiceAssignment assignment, Field.Runner node) {
        if (assignment.failures().isEmpty()) {
            return 0;
        }
        return failure(assignment, node).map(Failure::count).orElse(0);
    }

    private static Optional<Failure> failure(ServiceAssignment assignment, Field.Runner node) {
        return node.incarnation == null ? Optional.empty() : assignment.failureOn(node.node, node.incarnation);
    }

    static Comparator<Field.Runner> order(
            ServiceName service, Placement placement, FailurePolicy policy, ServiceAssignment assignment) {
        return new Order(service, placement, policy, assignment);
    }

    /** The order of the choice, the better node first; written out, because a plan may compare millions of pairs. */
    private record Order(ServiceName service, Placement placement, FailurePolicy policy, ServiceAssignment assignment)
            implements Comparator<Field.Runner> {
        @Override
        public int compare(Field.Runner a, Field.Runner b) {
            int order = assignment.failures().isEmpty()
                    ? 0
                    : Integer.compare(policy.weight(failures(assignment, a)), policy.weight(failures(assignment, b)));
            if (order == 0 && !placement.prefer().isEmpty()) {
                order = Integer.compare(placement.rank(a.node), placement.rank(b.node));
            }
            if (order == 0) {
                order = Integer.compare(a.given, b.given);
            }
            if (order == 0) {
                order = Integer.compare(a.load, b.load);
            }
            if (order == 0) {
                order = Integer.compare(a.owned, b.owned);
            }
            if (order == 0) {
                order = Integer.compare(spread(service, a.node), spread(service, b.node));
            }
            return order == 0 ? a.node.compareTo(b.node) : order;
        }
    }

    private static int spread(ServiceName service, NodeId node) {
        int hash = service.value().hashCode() * 31 + node.value().hashCode();
        hash ^= hash >>> 16;
        hash *= 0x7feb352d;
        hash ^= hash >>> 15;
        return hash & 0x7fffffff;
    }
}
