package io.stead.model.view;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.service.Holding;
import io.stead.model.service.NodeReports;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the cluster that one node watches.
 *
 * @param incarnation the session under which the node reads
 * @param state the node's own entry of the transition vector
 * @param holdings of the services that the node holds or takes: everybody's, its own among them; a service that is
 *     absent has not been read
 * @param published the node's report vector as it stands in the store
 * @param unreadable what the node can't understand among what it watches
 */
public record NodeView(
        NodeId me,
        Incarnation incarnation,
        Optional<MemberState> state,
        Map<ServiceName, ServiceSpec> services,
        Map<ServiceName, ServiceAssignment> assignments,
        Map<ServiceName, List<Holding>> holdings,
        NodeReports published,
        List<Unreadable> unreadable) {
    /** The assignments that name this life of the node as an owner. */
    public List<ServiceAssignment> mine() {
        return assignments.values().stream()
                .filter(a -> a.ownerOn(me, incarnation).isPresent())
                .sorted(Comparator.comparing(ServiceAssignment::service))
                .toList();
    }

    public boolean isJoined() {
        return state.filter(
                        s -> s.phase() == MemberPhase.JOINED && s.incarnation().equals(incarnation))
                .isPresent();
    }

    public boolean isFrozen(ServiceName service) {
        return unreadable.stream().anyMatch(u -> u.service().equals(Optional.of(service)));
    }

    /** The node's own holding, where it has been read. */
    public Optional<Holding> own(ServiceName service) {
        return holdings.getOrDefault(service, List.of()).stream()
                .filter(h -> h.node().equals(me) && h.incarnation().equals(incarnation))
                .findFirst();
    }
}
