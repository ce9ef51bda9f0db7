package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The recovery of a service whose node was forced out (B20). Without a runner it is owed: the first able node pays it
 * before any start.
 *
 * @param runner where the recovery command runs now
 * @param failedOn where it has failed, in order; it is not tried there again until it is cleared
 * @param detail why it failed last, for people, or empty
 */
public record Recovery(Optional<Runner> runner, Instant since, List<NodeId> failedOn, String detail) {
    public Recovery {
        failedOn = List.copyOf(failedOn);
        detail = Text.cut(detail, Report.DETAIL_KEPT);
    }

    public static Recovery owed(Instant since) {
        return new Recovery(Optional.empty(), since, List.of(), "");
    }

    public Recovery runBy(Runner next) {
        return new Recovery(Optional.of(next), since, failedOn, detail);
    }

    /** Nobody runs it any more. */
    public Recovery unrun() {
        return new Recovery(Optional.empty(), since, failedOn, detail);
    }

    /** Its command has failed there. */
    public Recovery failed(NodeId node, String why) {
        List<NodeId> nodes = new ArrayList<>(failedOn);
        nodes.add(node);
        return new Recovery(Optional.empty(), since, nodes, why);
    }

    /** One attempt: its node, that node's life, and the generation it was given. */
    public record Runner(NodeId node, Incarnation incarnation, long generation) {}
}
