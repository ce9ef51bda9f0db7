package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.NodeOverride;
import io.stead.model.reason.Reason;
import io.stead.model.request.Answer;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The leader's decision, whole (design.md §2). The deciders follow one another, each upon what those before it have decided:
 *
 * <pre>
 *   Transitions.begin   who comes and goes            Wishes       what operators ask
 *   Milestones          what has happened             Stops        which owners are to stop, children first
 *   Starts              who is given charge           Transitions.end   whose leave is done
 * </pre>
 */
public final class Planner {
    private static final Duration ANSWERS_KEPT = Duration.ofMinutes(10);

    private Planner() {}

    /**
     * Decides what the leader does now.
     *
     * @param seen what this leader has observed, after {@link Observations#see} with this very view and time
     */
    public static Plan plan(ClusterView view, Observations seen, Now now) {
        Draft draft = new Draft(view, seen, now);
        Transitions.begin(draft);
        Wishes.decide(draft);
        Milestones.excuse(draft);
        for (ServiceName service : draft.services) {
            ServiceAssignment assignment = view.assignments().get(service);
            if (assignment != null && !draft.isFrozen(service)) {
                Milestones.forgive(draft, service);
                Milestones.record(draft, service);
            }
        }
        decideRoots(draft);
        Transitions.end(draft);
        forgetAnswers(draft);
        return draft.finish();
    }

    /**
     * Weighs every known node for a service, for {@code explain} (C6): the able ones first, best first.
     *
     * @return empty where the service is not defined
     */
    public static List<Weighed> weigh(ClusterView view, Observations seen, Now now, ServiceName service) {
        Draft draft = new Draft(view, seen, now);
        Optional<ServiceSpec> spec = draft.spec(draft.groupings.root(service));
        if (spec.isEmpty()) {
            return List.of();
        }
        Placement placement = spec.get().placement();
        FailurePolicy policy = draft.spec(service).map(ServiceSpec::failures).orElse(FailurePolicy.DEFAULT);
        ServiceAssignment assignment = draft.assignment(service);
        List<Field.Runner> runners = new ArrayList<>();
        draft.field().all().forEach(runners::add);
        Function<Field.Runner, Optional<Reason>> ruledOut =
                r -> Choosing.ruledOut(placement, r).or(() -> givenUp(policy, assignment, r));
        runners.sort(Comparator.comparing((Field.Runner r) -> ruledOut.apply(r).isPresent())
                .thenComparing(Choosing.order(service, placement, policy, assignment)));
        return runners.stream()
                .map(r -> new Weighed(
                        r.node,
                        ruledOut.apply(r),
                        placement.prefer().isEmpty() ? 0 : placement.rank(r.node) + 1,
                        Choosing.failures(assignment, r),
                        policy.weight(Choosing.failures(assignment, r)),
                        r.load,
                        r.owned))
                .toList();
    }

    private static Optional<Reason> givenUp(FailurePolicy policy, ServiceAssignment assignment, Field.Runner runner) {
        int failures = Choosing.failures(assignment, runner);
        return policy.isSpent(failures)
                ? Optional.of(new Reason.GaveUpOn(runner.node, assignment.service(), failures))
                : Optional.empty();
    }

    /**
     * One node as the choice sees it.
     *
     * @param ruledOut why it can't be given the service, if so
     * @param rank 1 is the top preference; 0: nothing is preferred
     * @param failures how often it has failed there
     * @param weight what that weighs in the choice: nothing while restarts are left
     * @param load recent performance in percent
     * @param owned how many services the node has
     */
    public record Weighed(
            NodeId node, Optional<Reason> ruledOut, int rank, int failures, int weight, int load, int owned) {}

    private static void decideRoots(Draft draft) {
        List<ServiceSpec> roots = new ArrayList<>();
        for (ServiceName service : draft.services) {
            draft.spec(service)
                    .filter(spec -> spec.parent().isEmpty() && !draft.isFrozen(service))
                    .ifPresent(roots::add);
        }
        for (ServiceAssignment assignment : draft.assignments()) {
            Stops.decide(draft, assignment.service());
            if (!draft.isFrozen(assignment.service())) {
                Starts.endWhatIsNoRoot(draft, assignment.service());
            }
        }
        roots.forEach(root -> Starts.decide(draft, root));
        reconsiderExpiries(draft);
    }

    private static void reconsiderExpiries(Draft draft) {
        Stream.of(
                        draft.maintenance().cluster().stream(),
                        draft.maintenance().nodes().values().stream(),
                        draft.maintenance().services().values().stream())
                .flatMap(n -> n)
                .flatMap(n -> n.expires().stream())
                .forEach(e -> draft.reconsiderIn(Duration.between(draft.now.wall(), e)));
        for (NodeOverride override : draft.view.overrides().values()) {
            override.expires()
                    .filter(e -> e.isAfter(draft.now.wall()))
                    .ifPresent(e -> draft.reconsiderIn(Duration.between(draft.now.wall(), e)));
        }
    }

    private static void forgetAnswers(Draft draft) {
        for (Answer answer : draft.view.answers()) {
            if (answer.at().plus(ANSWERS_KEPT).isBefore(draft.now.wall()) && !Wishes.mayBeRepeated(draft, answer)) {
                draft.answer(new Decision.Forget(answer));
            }
        }
    }
}
