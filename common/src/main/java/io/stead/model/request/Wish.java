package io.stead.model.request;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import java.util.Optional;

/** The verbs of a request. */
public sealed interface Wish {
    /** As an operator would type it: {@code transfer db --to n2}. */
    default String words() {
        return switch (this) {
            case Register w ->
                "register " + w.service() + w.node().map(n -> " --node " + n).orElse("")
                        + (w.started() ? " --started" : "");
            case Deregister w -> "deregister " + w.service();
            case Transfer w ->
                "transfer " + w.service() + w.to().map(n -> " --to " + n).orElse("");
            case Restart w ->
                "restart " + w.service() + w.node().map(n -> " --node " + n).orElse("");
            case Clear w ->
                "clear " + w.service() + w.node().map(n -> " --node " + n).orElse("")
                        + (w.confirmStopped() ? " --confirm-stopped" : "");
            case Quiesce w -> "node quiesce " + w.node();
            case Resume w -> "node resume " + w.node();
            case Drain w -> "node drain " + w.node();
            case Leave w -> "node leave " + w.node();
            case Join w -> "node join " + w.node();
            case ForceLeave w -> "node force-leave " + w.node();
            case DeleteNode w -> "delete node " + w.node();
        };
    }

    /** The node that it names, if any. */
    default Optional<NodeId> named() {
        return switch (this) {
            case Register w -> w.node();
            case Deregister _ -> Optional.empty();
            case Transfer w -> w.to();
            case Restart w -> w.node();
            case Clear w -> w.node();
            case Quiesce w -> Optional.of(w.node());
            case Resume w -> Optional.of(w.node());
            case Drain w -> Optional.of(w.node());
            case Leave w -> Optional.of(w.node());
            case Join w -> Optional.of(w.node());
            case ForceLeave w -> Optional.of(w.node());
            case DeleteNode w -> Optional.of(w.node());
        };
    }

    /**
     * Register a service, on a node of the planner's choice or on this one.
     *
     * @param started a claim: it runs there already, and its start command is not run (B24)
     */
    record Register(ServiceName service, Optional<NodeId> node, boolean started) implements Wish {}

    /** Stop a service and leave it so. */
    record Deregister(ServiceName service) implements Wish {}

    /** Move a service, to a node of the planner's choice or to this one (B21). */
    record Transfer(ServiceName service, Optional<NodeId> to) implements Wish {}

    /** Stop a service and start it again where it is, on one node or on all: with the actions that its spec has now. */
    record Restart(ServiceName service, Optional<NodeId> node) implements Wish {}

    /**
     * Forget failures, on one node or on all; give up a recovery that failed everywhere.
     *
     * @param confirmStopped the operator's word that a service whose stop failed or hangs does not run any more
     */
    record Clear(ServiceName service, Optional<NodeId> node, boolean confirmStopped) implements Wish {}

    /** Take nothing new on a node. */
    record Quiesce(NodeId node) implements Wish {}

    /** End quiescing and draining. */
    record Resume(NodeId node) implements Wish {}

    /** Quiesce, and transfer everything away. */
    record Drain(NodeId node) implements Wish {}

    /**
     * Take a node through a graceful leave; it stays out until it joins again.
     *
     * @param force also where something would stop that no other node can take
     */
    record Leave(NodeId node, boolean force) implements Wish {}

    /** Let a node that has left join again. */
    record Join(NodeId node) implements Wish {}

    /** Force a node out: it halts what it runs, its services are recovered, and then it joins anew (B8, B9). */
    record ForceLeave(NodeId node) implements Wish {}

    /** Forget a node that is gone for good, or was named by mistake, and all that was asked of it. */
    record DeleteNode(NodeId node) implements Wish {}
}
