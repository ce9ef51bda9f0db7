package io.stead.reconcile;

import io.stead.model.ServiceName;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Groupings;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.model.view.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The recovery and notify commands that this node is to run (B19, B20). */
final class Errands {
    private Errands() {}

    static List<Effect> due(NodeView view, LocalState local) {
        List<Effect> due = new ArrayList<>();
        Groupings groupings = new Groupings(view.services());
        for (ServiceAssignment assignment : new TreeMap<>(view.assignments()).values()) {
            for (Owner owner : assignment.owners()) {
                recovery(view, local, assignment.service(), owner).ifPresent(due::add);
                notification(view, local, groupings, assignment, owner).ifPresent(due::add);
            }
        }
        return due;
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
            case START, STOP -> false;
        });
    }

    private static Optional<Effect> recovery(NodeView view, LocalState local, ServiceName service, Owner owner) {
        Optional<Recovery.Runner> runner = owner.recovery()
                .flatMap(Recovery::runner)
                .filter(r -> r.node().equals(view.me()) && r.incarnation().equals(view.incarnation()));
        return runner.filter(r -> !local.errands().containsKey(new Errand(service, r.generation(), Verb.RECOVERY)))
                .map(r -> new Effect.Recover(service, r.generation(), owner.node(), owner.actions()));
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
                && !local.errands().containsKey(new Errand(service, owner.generation(), Verb.NOTIFY));
        if (!due) {
            return Optional.empty();
        }
        ServiceSpec root = view.services().get(groupings.root(service));
        return root != null && root.placement().isAllowed(view.me())
                ? Optional.of(new Effect.Notify(service, owner.generation(), owner.node(), owner.actions()))
                : Optional.empty();
    }
}
