package io.stead.plan;

import io.stead.model.member.Maintenance;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.request.Answer;
import io.stead.model.service.ServiceAssignment;

/** One write of the leader. All decisions of a plan are committed together, or none is. */
public sealed interface Decision {
    /** The transition vector, whole. */
    record SetMembership(Membership membership) implements Decision {}

    /** What an operator asked of a node, or that it is over. */
    record SetOverride(NodeOverride override) implements Decision {}

    /** What is in maintenance, whole. */
    record SetMaintenance(Maintenance maintenance) implements Decision {}

    /** The assignment of one service, whole. */
    record SetAssignment(ServiceAssignment assignment) implements Decision {}

    /** An answer; its request goes in the same transaction. */
    record Give(Answer answer) implements Decision {}

    /** An answer that was given long ago. */
    record Forget(Answer answer) implements Decision {}
}
