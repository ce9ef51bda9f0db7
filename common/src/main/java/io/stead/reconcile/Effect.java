package io.stead.reconcile;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.service.Holding;
import io.stead.model.service.NodeReports;
import io.stead.model.spec.Actions;
import java.util.List;
import java.util.Set;

/**
 * One thing the node is to do. Each is begun once ({@link LocalState#begun}) and its end comes back ({@link
 * LocalState#ended}); on one service at most one is at work at a time, except that {@link Kill} may overtake.
 */
public sealed interface Effect {
    /**
     * Say what is held and how verbs ended, in one transaction.
     *
     * @param holdings the node's own, as they are to be; one that is {@code ACQUIRING} is written only if the assignment
     *     still has the generation
     * @param over errands that have ended and that nobody asks about any more: they are forgotten
     */
    record Publish(List<Holding> holdings, NodeReports reports, Set<Errand> over) implements Effect {
        public Publish {
            holdings = List.copyOf(holdings);
            over = Set.copyOf(over);
        }
    }

    /**
     * Write the intent to disk; look once more, at the last moment, whether the session of the run is still the node's, its
     * lease permits what is exclusive, and the service was not killed meanwhile (a stall may lie between the decision and
     * the deed); then run the start command. When it fails, its stop command and then kill what is left; the stop command
     * of one that was cut off runs later, under the lease.
     */
    record Start(Run run) implements Effect {}

    /**
     * Run the stop command, then kill what is left; see {@link Result} for how that may end. Of what is exclusive and contained it
     * begins under the session of the run, and before the lease and its stop-grace are over (of what {@linkplain Run#isGone() runs
     * no more}, before the lease is over), or not at all: it counts as cut off then.
     */
    record Stop(Run run) implements Effect {}

    /**
     * Kill all that runs of a service, at once, and call off a start that has not begun. What is not {@linkplain
     * Run#contained() contained} has only its stop command.
     */
    record Kill(Run run) implements Effect {}

    /** Take note of a service that runs here already (B24). */
    record Adopt(Run run) implements Effect {}

    /** Drop what is kept of a service that is over. */
    record Forget(Run run) implements Effect {}

    /** Run the notify command (B19). */
    record Notify(ServiceName service, long generation, NodeId holder, Actions actions) implements Effect {}

    /**
     * Run the recovery command for a service that was on the lost node (B20). Of an exclusive service it is under the lease as
     * the service itself: when that is over the warden ends the command, because the next node is given the recovery then.
     */
    record Recover(ServiceName service, long generation, NodeId lost, Actions actions, boolean exclusive)
            implements Effect {}

    /** End the session: the node was forced out, has halted, and may join anew (B9). */
    record EndSession(String why) implements Effect {}
}
