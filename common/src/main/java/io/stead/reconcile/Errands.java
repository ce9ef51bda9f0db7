package io.stead.reconcile;

import io.stead.model.ServiceName;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Groupings;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.model.view.NodeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The recovery and notify commands that this node is to run (B19, B20). */
final class Errands {
    private Errands() {}

    /** One at a time for each service, the oldest first, and none beside a command of the service's own. */
    static List<Effect> due(NodeView view, LocalState local) {
        List<Effect> due = new ArrayList<>();
        Groupings groupings = new Groupings(view.services());
        for (ServiceAssignment assignment : new TreeMap<>(view.assignments()).values()) {
            ServiceName service = assignment.service();
            Run run = local.runs().get(service);
            if (assignment.owners().isEmpty() || (run != null && run.state().isBusy())) {
                continue;
            }
            assignment.owners().stream()
                    .sorted(Comparator.comparingLong(Owner::generation))
                    .flatMap(o -> Stream.of(
                                    recovery(view, local, service, o),
                                    notification(view, local, groupings, assignment, o))
                            .flatMap(Optional::stream))
                    .findFirst()
                    .filter(e -> atWork(view, local, service).isEmpty())
                    .ifPresent(due::add);
        }
        return due;
    }

    /** The errand of the service that is at work here and still asked for; one that is not is ended by what comes next. */
    static Optional<Errand> atWork(NodeView view, LocalState local, ServiceName service) {
        return local.errands().entrySet().stream()
                .filter(e ->
                        e.getKey().service().equals(service) && e.getValue().isEmpty() && isAskedFor(view, e.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether anybody waits for the errand's end, as far as can be read; a generation never comes again. */
    static boolean isAskedFor(NodeView view, Errand errand) {
        ServiceAssignment assignment = view.assignments().get(errand.service());
        if (assignment == null || view.isFrozen(errand.service())) {
            return view.isFrozen(errand.service());
        }
        return assignment.owners().stream().anyMatch(o -> switch (errand.verb()) {
            case NOTIFY -> o.generation() == errand.generation();
            case RECOVERY ->
                o.recovery()
                        .flatMap(Recovery::runner)
                        .filter(r -> r.generation() == errand.generation())
                        .isPresent();
            case START, STOP, MONITOR -> false;
        });
    }

    /** Whether it was begun; what an earlier process of this life has reported it need not have kept. */
    private static boolean isKnown(NodeView view, LocalState local, Errand errand) {
        return local.errands().containsKey(errand) || reported(view, errand).isPresent();
    }

    static Optional<Report> reported(NodeView view, Errand errand) {
        return view.published().of(errand.service(), errand.generation(), errand.verb());
    }

    private static Optional<Effect> recovery(NodeView view, LocalState local, ServiceName service, Owner owner) {
        Optional<Recovery.Runner> runner = owner.recovery()
                .flatMap(Recovery::runner)
                .filter(r -> r.node().equals(view.me()) && r.incarnation().equals(view.incarnation()));
        return runner.filter(r -> !isKnown(view, local, new Errand(service, r.generation(), Verb.RECOVERY)))
                .map(r ->
                        new Effect.Recover(service, r.generation(), owner.node(), owner.actions(), owner.exclusive()));
    }

    /** On every joined allowable node but the registered one, once for each registration and boot. */
    private static Optional<Effect> notification(
            NodeView view, LocalState local, Groupings groupings, ServiceAssignment assignment, Owner owner) {
        ServiceName service = assignment.service();
        boolean due = owner.started()
                && owner.stopping().isEmpty()
                && owner.recovery().isEmpty()
                && owner.actions().has(Verb.NOTIFY)
                && view.isJoined()
                && assignment.ownerOn(view.me()).isEmpty()
                && !isKnown(view, local, new Errand(service, owner.generation(), Verb.NOTIFY));
        if (!due) {
            return Optional.empty();
        }
        ServiceSpec root = view.services().get(groupings.root(service));
        return root != null && root.placement().isAllowed(view.me())
                ? Optional.of(new Effect.Notify(service, owner.generation(), owner.node(), owner.actions()))
                : Optional.empty();
    }
}
