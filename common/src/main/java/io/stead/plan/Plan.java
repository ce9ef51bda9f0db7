package io.stead.plan;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.reason.Reason;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the leader does now, and why.
 *
 * @param decisions to be committed together
 * @param why the reason of every service that waits or changes; one that is registered and stays has its assignment's
 * @param reconsiderIn when to plan again though nothing has changed: waiting is a decision, too
 */
public record Plan(List<Decision> decisions, SortedMap<ServiceName, Reason> why, Optional<Duration> reconsiderIn) {
    public Plan {
        decisions = List.copyOf(decisions);
        why = Collections.unmodifiableSortedMap(new TreeMap<>(why));
    }

    public boolean isEmpty() {
        return decisions.isEmpty();
    }

    /** The view as it is when the plan has been committed and nothing else has happened. */
    public ClusterView appliedTo(ClusterView view) {
        Membership membership = view.membership();
        Map<NodeId, NodeOverride> overrides = new HashMap<>(view.overrides());
        Maintenance maintenance = view.maintenance();
        Map<ServiceName, ServiceAssignment> assignments = new HashMap<>(view.assignments());
        List<Request> requests = new ArrayList<>(view.requests());
        List<Answer> answers = new ArrayList<>(view.answers());
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.SetMembership set -> membership = set.membership();
                case Decision.SetOverride set -> overrides.put(set.override().node(), set.override());
                case Decision.SetMaintenance set -> maintenance = set.maintenance();
                case Decision.SetAssignment set ->
                    assignments.put(set.assignment().service(), set.assignment());
                case Decision.Give give -> {
                    answers.add(give.answer());
                    requests.removeIf(r -> r.id().equals(give.answer().requestId()));
                }
                case Decision.Forget forget -> answers.remove(forget.answer());
            }
        }
        return new ClusterView(
                view.epoch(),
                view.leader(),
                view.members(),
                view.statuses(),
                membership,
                overrides,
                maintenance,
                view.services(),
                assignments,
                view.holdings(),
                view.reports(),
                requests,
                answers,
                view.unreadable());
    }
}
