package io.stead.cli.cluster;

import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Phase;
import io.stead.model.service.ServiceAssignment;
import java.util.ArrayList;
import java.util.List;

/** Whether services that were applied have found their places: registered, or not wanted and gone. */
final class Placing {
    private Placing() {}

    static Progress placed(Goal.Placed goal, Outlook now) {
        List<ServiceName> waiting = new ArrayList<>();
        for (ServiceName service : goal.services()) {
            if (!isPlaced(service, now)) {
                waiting.add(service);
            }
        }
        if (waiting.isEmpty()) {
            int count = goal.services().size();
            return new Progress.Done(
                    count == 1 ? goal.services().getFirst() + " is in place" : count + " services are in place");
        }
        ServiceName first = waiting.getFirst();
        Progress one = Settling.waiting(first, now.view().assignment(first), now);
        return waiting.size() == 1
                ? one
                : new Progress.Waiting(one.sentence() + "; and " + (waiting.size() - 1) + " more");
    }

    private static boolean isPlaced(ServiceName service, Outlook now) {
        ServiceAssignment a = now.view().assignment(service);
        return now.isAtRest(service)
                && (a.owners().isEmpty()
                        ? isUnwanted(service, now)
                        : now.phase(a) == Phase.REGISTERED && a.transfer().isEmpty());
    }

    /** Not wanted itself, or a child of what is not wanted. */
    private static boolean isUnwanted(ServiceName service, Outlook now) {
        return now.why(service)
                .map(why -> why instanceof Reason.NotWanted
                        || (why instanceof Reason.WaitingForParent child && isUnwanted(child.parent(), now)))
                .orElse(false);
    }
}
