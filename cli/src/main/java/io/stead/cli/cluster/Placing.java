package io.stead.cli.cluster;

import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Phase;
import io.stead.model.service.ServiceAssignment;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether services that were applied have found their places: registered, or not wanted and gone. What waits for something
 * that need not come by itself is missed as soon as nothing else is under way: whoever applies is to hear of it, not to wait
 * for a host that somebody may bring next week.
 */
final class Placing {
    private Placing() {}

    static Progress placed(Goal.Placed goal, Outlook now) {
        List<ServiceName> moving = new ArrayList<>();
        List<ServiceName> stuck = new ArrayList<>();
        for (ServiceName service : goal.services()) {
            if (!isPlaced(service, now)) {
                (isStuck(service, now) ? stuck : moving).add(service);
            }
        }
        if (!moving.isEmpty()) {
            return new Progress.Waiting(sentence(moving, now));
        }
        if (!stuck.isEmpty()) {
            return new Progress.Missed("accepted, but " + sentence(stuck, now));
        }
        int count = goal.services().size();
        return new Progress.Done(
                count == 1 ? goal.services().getFirst() + " is in place" : count + " services are in place");
    }

    private static String sentence(List<ServiceName> services, Outlook now) {
        ServiceName first = services.getFirst();
        String one = Settling.waiting(first, now.view().assignment(first), now).sentence();
        return services.size() == 1 ? one : one + "; and " + (services.size() - 1) + " more";
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

    /** Nothing will come of it before a node comes, an operator acts, or minutes have passed. */
    private static boolean isStuck(ServiceName service, Outlook now) {
        return now.isAtRest(service)
                && now.why(service)
                        .map(why -> switch (why) {
                            case Reason.NoAbleNode _,
                                    Reason.AwaitingMaturity _,
                                    Reason.BackingOff _,
                                    Reason.GaveUp _,
                                    Reason.Blocked _,
                                    Reason.InMaintenance _,
                                    Reason.RecoveryOwed _,
                                    Reason.RecoveryFailed _,
                                    Reason.Frozen _ -> true;
                            case Reason.WaitingForParent child -> isStuck(child.parent(), now);
                            default -> false;
                        })
                        .orElse(false);
    }
}
