package io.stead.cli.cluster;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import java.util.List;
import java.util.Optional;

/** What a verb waits for once its request was accepted. The generation is that of the answer. */
public sealed interface Goal {
    record Registered(ServiceName service, Optional<NodeId> on, long generation) implements Goal {}

    record Transferred(ServiceName service, Optional<NodeId> to, long generation) implements Goal {}

    /** Started anew wherever it was, or on that node. */
    record Restarted(ServiceName service, Optional<NodeId> on, long generation) implements Goal {}

    record Deregistered(ServiceName service, long generation) implements Goal {}

    /** What was deleted runs nowhere any more. */
    record Ended(ServiceName service) implements Goal {}

    /** What was applied has found its place. */
    record Placed(List<ServiceName> services) implements Goal {
        public Placed {
            services = List.copyOf(services);
        }
    }

    record Quiesced(NodeId node) implements Goal {}

    record Resumed(NodeId node) implements Goal {}

    /** Nothing is left there that could go. */
    record Drained(NodeId node) implements Goal {}

    record Left(NodeId node, Optional<Incarnation> life) implements Goal {}

    record Joined(NodeId node) implements Goal {}

    /** That life of the node is over, and what it ran is recovered. */
    record ForcedOut(NodeId node, Optional<Incarnation> life) implements Goal {}

    /** An accepted request is all there is to it. */
    record Accepted(String sentence) implements Goal {}
}
