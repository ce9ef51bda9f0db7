package io.stead.model.view;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole cluster as the znodes say it. The maps are held as given and must not be changed any more: a view of ten
 * thousand services is made at every change, and is not copied again.
 *
 * @param leader the node that holds the leadership, where that is known
 * @param requests not yet answered, in the order in which they were made
 * @param answers already given, and not yet forgotten
 */
public record ClusterView(
        Epoch epoch,
        Optional<NodeId> leader,
        Map<NodeId, Member> members,
        Map<NodeId, NodeStatus> statuses,
        Membership membership,
        Map<NodeId, NodeOverride> overrides,
        Maintenance maintenance,
        Map<ServiceName, ServiceSpec> services,
        Map<ServiceName, ServiceAssignment> assignments,
        Map<ServiceName, List<Holding>> holdings,
        Map<NodeId, NodeReports> reports,
        List<Request> requests,
        List<Answer> answers,
        List<Unreadable> unreadable) {
    /** Nothing at all: a store that has just been initialised. */
    public static final ClusterView EMPTY = new ClusterView(
            Epoch.NONE,
            Optional.empty(),
            Map.of(),
            Map.of(),
            Membership.EMPTY,
            Map.of(),
            Maintenance.NONE,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of());

    /** Whether that very life of the node is present. */
    public boolean lives(NodeId node, Incarnation incarnation) {
        Member member = members.get(node);
        return member != null && member.incarnation().equals(incarnation);
    }

    /** The assignment, or one of which nothing has been decided yet. */
    public ServiceAssignment assignment(ServiceName service) {
        ServiceAssignment known = assignments.get(service);
        return known == null ? ServiceAssignment.unassigned(service) : known;
    }
}
