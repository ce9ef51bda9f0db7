package io.stead.reconcile;

import io.stead.model.ServiceName;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import io.stead.model.view.NodeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the node says: its holdings and its report vector follow from its local state, and are written where the store says
 * otherwise. A report that nobody needs any more is dropped with the next write, and causes none.
 */
final class Publishing {
    private static final int NOTIFICATIONS_SHOWN = 100;

    private Publishing() {}

    static Optional<Effect.Publish> due(NodeView view, LocalState local) {
        List<Holding> changed = new ArrayList<>();
        Set<ServiceName> services = new TreeSet<>(view.holdings().keySet());
        services.addAll(local.runs().keySet());
        view.mine().forEach(a -> services.add(a.service()));
        // A service whose holdings have not been read yet is waited for: what stands there may be the node's own
        // already.
        services.retainAll(view.holdings().keySet());
        for (ServiceName service : services) {
            Optional<Holding> own = view.own(service);
            Optional<Holding> due = holding(view, local, service, own);
            if (due.isPresent() && !due.equals(own)) {
                changed.add(due.get());
            }
        }
        List<Report> reports = reports(view, local);
        boolean said = Set.copyOf(view.published().reports()).containsAll(reports);
        return changed.isEmpty() && said
                ? Optional.empty()
                : Optional.of(new Effect.Publish(
                        changed, new NodeReports(view.me(), view.incarnation(), reports), over(view, local)));
    }

    private static Set<Errand> over(NodeView view, LocalState local) {
        return local.errands().entrySet().stream()
                .filter(e -> e.getValue().isPresent() && !Errands.isAskedFor(view, e.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Optional<Holding> holding(
            NodeView view, LocalState local, ServiceName service, Optional<Holding> own) {
        Run run = local.runs().get(service);
        Optional<Owner> owner = owner(view, service);
        if (run != null) {
            return Optional.of(holding(view, service, run.generation(), state(run, owner)));
        }
        if (owner.isPresent()) {
            HoldingState state = owner.get().stopping().isPresent() ? HoldingState.RELEASING : HoldingState.ACQUIRING;
            return Optional.of(holding(view, service, owner.get().generation(), state));
        }
        return own.map(h -> holding(view, service, h.generation(), HoldingState.FREE));
    }

    private static HoldingState state(Run run, Optional<Owner> owner) {
        boolean isMine = owner.filter(o -> o.generation() == run.generation()).isPresent();
        return switch (run.state()) {
            // What nobody asked for any more is not acquired, and may not be written as if it were.
            case STARTING -> isMine ? HoldingState.ACQUIRING : HoldingState.RELEASING;
            case STARTED -> HoldingState.ONLINE;
            case START_FAILED -> HoldingState.FAILED;
            case UNKNOWN -> HoldingState.UNKNOWN;
            case LOST -> HoldingState.LOST;
            case FAILING -> HoldingState.FAILING;
            case KILLED -> HoldingState.KILLED;
            case STOPPING, CLEARING -> HoldingState.RELEASING;
            case STOPPED -> HoldingState.STOPPED;
            case STOP_FAILED, STUCK -> HoldingState.RELEASE_FAILED;
            case FORGETTING -> HoldingState.FREE;
        };
    }

    private static Holding holding(NodeView view, ServiceName service, long generation, HoldingState state) {
        return new Holding(service, view.me(), view.incarnation(), generation, state);
    }

    private static Optional<Owner> owner(NodeView view, ServiceName service) {
        ServiceAssignment assignment = view.assignments().get(service);
        return assignment == null ? Optional.empty() : assignment.ownerOn(view.me(), view.incarnation());
    }

    private static List<Report> reports(NodeView view, LocalState local) {
        List<Report> reports = new ArrayList<>();
        for (Run run : local.runs().values()) {
            Optional<Owner> owner = owner(view, run.service()).filter(o -> o.generation() == run.generation());
            owner.flatMap(o -> report(run, o)).ifPresent(reports::add);
        }
        for (Map.Entry<Errand, Optional<Result>> errand : local.errands().entrySet()) {
            errand.getValue()
                    .filter(r -> Errands.isAskedFor(view, errand.getKey()))
                    .ifPresent(r -> reports.add(errand.getKey().ended(r)));
        }
        // What an earlier process of this life has said stays said.
        for (Report said : view.published().reports()) {
            Errand errand = new Errand(said.service(), said.generation(), said.verb());
            if (!local.errands().containsKey(errand) && Errands.isAskedFor(view, errand)) {
                reports.add(said);
            }
        }
        return bounded(view, reports).stream()
                .sorted(Comparator.comparing(Report::service)
                        .thenComparingLong(Report::generation)
                        .thenComparing(Report::verb))
                .toList();
    }

    /** All that the leader waits for, what has failed, and of the notifications that went well no more than a znode holds. */
    private static List<Report> bounded(NodeView view, List<Report> all) {
        Map<Boolean, List<Report>> split = all.stream().collect(Collectors.partitioningBy(r -> isHeeded(view, r)));
        List<Report> shown = new ArrayList<>(split.getOrDefault(true, List.of()));
        shown.addAll(split.getOrDefault(false, List.of()).stream()
                .limit(NOTIFICATIONS_SHOWN)
                .toList());
        return shown;
    }

    private static boolean isHeeded(NodeView view, Report report) {
        if (report.verb() != Verb.NOTIFY || report.outcome() != Outcome.SUCCEEDED) {
            return true;
        }
        ServiceSpec spec = view.services().get(report.service());
        return spec != null && spec.placement().transfer() == TransferCost.FREE;
    }

    private static Optional<Report> report(Run run, Owner owner) {
        if (owner.stopping().isPresent()) {
            return switch (run.state()) {
                case STOPPED, START_FAILED -> Optional.of(report(run, Verb.STOP, Outcome.SUCCEEDED));
                case STOP_FAILED, STUCK -> Optional.of(report(run, Verb.STOP, Outcome.FAILED));
                case STARTING, STARTED, FAILING, UNKNOWN, LOST, KILLED, STOPPING, CLEARING, FORGETTING ->
                    Optional.empty();
            };
        }
        if (owner.started()) {
            return run.state() == RunState.FAILING
                    ? Optional.of(report(run, Verb.MONITOR, Outcome.FAILED))
                    : Optional.empty();
        }
        return switch (run.state()) {
            case STARTED, FAILING -> Optional.of(report(run, Verb.START, Outcome.SUCCEEDED));
            case START_FAILED -> Optional.of(report(run, Verb.START, Outcome.FAILED));
            case UNKNOWN, LOST, KILLED, STOPPED, STOP_FAILED, STUCK ->
                Optional.of(report(run, Verb.START, Outcome.UNKNOWN));
            case STARTING, STOPPING, CLEARING, FORGETTING -> Optional.empty();
        };
    }

    private static Report report(Run run, Verb verb, Outcome outcome) {
        return new Report(run.service(), run.generation(), verb, outcome, run.detail());
    }
}
