package io.stead.audit;

import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.view.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What has happened between two views, in the order in which it is told: members, operators' wishes, services. */
public final class Audit {
    private Audit() {}

    /**
     * The history lines of the step from one view to a later one; none where nothing has happened that is worth a line.
     *
     * @param why the reasons of the plan that led there; a service that is absent has none but its assignment's own
     */
    public static List<Entry> between(ClusterView before, ClusterView after, Map<ServiceName, Reason> why, Now now) {
        List<Entry> entries = new ArrayList<>();
        NodeChanges.between(before, after, now, entries);
        ServiceChanges.between(before, after, why, now, entries);
        return entries;
    }
}
