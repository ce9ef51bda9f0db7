package io.stead.plan;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Levels;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes nodes through joins and leaves (B1, B8, B9, B11), over the built-in levels 0 and 900:
 *
 * <pre>
 *   present, not known or known by another life that is done with     JOINED: both levels acknowledge a join at once
 *   present, INACTIVE in this very life                               stays out until it is asked to join
 *   JOINED, and it asks to leave                                      LEAVING at level 900
 *   LEAVING, nothing of it left to stop or to be registered elsewhere INACTIVE
 *   JOINED, JOINING or LEAVING, that life over                        FORCED_LEAVING
 *   FORCED_LEAVING, that life over, its recoveries ended or owed      INACTIVE; only then may its next life join
 *   INACTIVE and absent for a week, nothing owed                      forgotten; sooner where that is asked ({@link Wishes})
 * </pre>
 */
final class Transitions {
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private Transitions() {}

    /** Before services are decided: who comes and who goes. */
    static void begin(Draft draft) {
        for (MemberState state : List.copyOf(draft.membership().states().values())) {
            if (state.phase() != MemberPhase.INACTIVE
                    && state.phase() != MemberPhase.FORCED_LEAVING
                    && !draft.view.lives(state.node(), state.incarnation())) {
                enter(draft, state.node(), state.incarnation(), MemberPhase.FORCED_LEAVING, "its session has ended");
            }
        }
        for (Member member : new TreeMap<>(draft.view.members()).values()) {
            Optional<MemberState> state = draft.membership().of(member.node());
            if (state.isEmpty() || mayJoinAnew(state.get(), member)) {
                enter(draft, member.node(), member.incarnation(), MemberPhase.JOINED, "its agent has come");
            } else if (state.get().phase() == MemberPhase.JOINED && wantsLeave(draft, member)) {
                enter(draft, member.node(), member.incarnation(), MemberPhase.LEAVING, "its host shuts down");
            }
        }
    }

    private static boolean mayJoinAnew(MemberState state, Member member) {
        return state.phase() == MemberPhase.JOINING
                || (state.phase() == MemberPhase.INACTIVE
                        && !state.incarnation().equals(member.incarnation()));
    }

    private static boolean wantsLeave(Draft draft, Member member) {
        NodeStatus status = draft.view.statuses().get(member.node());
        return status != null && status.wantsLeave() && status.incarnation().equals(member.incarnation());
    }

    /** After services are decided: whose leave is done. */
    static void end(Draft draft) {
        for (MemberState state : List.copyOf(draft.membership().states().values())) {
            boolean done = switch (state.phase()) {
                case LEAVING -> hasLeft(draft, state);
                case FORCED_LEAVING ->
                    !draft.view.lives(state.node(), state.incarnation()) && isRecovered(draft, state);
                case INACTIVE, JOINING, JOINED -> false;
            };
            if (done) {
                enter(draft, state.node(), state.incarnation(), MemberPhase.INACTIVE, state.reason());
            } else if (isLongGone(draft, state)) {
                draft.forget(state.node());
            }
        }
    }

    /** Hosts that come under fresh names would fill the vector for ever; what still is to be recovered keeps its node known. */
    private static boolean isLongGone(Draft draft, MemberState state) {
        return state.phase() == MemberPhase.INACTIVE
                && !draft.view.members().containsKey(state.node())
                && state.since().plus(FORGOTTEN_AFTER).isBefore(draft.now.wall())
                && services(draft).values().stream()
                        .allMatch(a -> draft.assignment(a.service())
                                .ownerOn(state.node())
                                .isEmpty());
    }

    /** Every service has left, and is registered elsewhere or cannot be (B8). */
    private static boolean hasLeft(Draft draft, MemberState state) {
        for (ServiceName service : services(draft).keySet()) {
            ServiceAssignment assignment = draft.assignment(service);
            if (assignment.ownerOn(state.node(), state.incarnation()).isPresent()
                    || recovers(assignment, state)
                    || assignment
                            .transfer()
                            .filter(t -> t.from().equals(state.node()))
                            .isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static boolean recovers(ServiceAssignment assignment, MemberState state) {
        return assignment.owners().stream()
                .flatMap(o -> o.recovery().flatMap(Recovery::runner).stream())
                .anyMatch(r -> r.node().equals(state.node()) && r.incarnation().equals(state.incarnation()));
    }

    private static boolean isRecovered(Draft draft, MemberState state) {
        for (ServiceName service : services(draft).keySet()) {
            Optional<Owner> owner = draft.assignment(service).ownerOn(state.node(), state.incarnation());
            if (owner.isPresent()
                    && !Recoveries.isSettled(owner.get())
                    && !draft.isFrozen(service)
                    && draft.maintained(state.node()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static Map<ServiceName, ServiceAssignment> services(Draft draft) {
        return draft.view.assignments();
    }

    static void enter(Draft draft, NodeId node, Incarnation incarnation, MemberPhase phase, String reason) {
        int level = phase == MemberPhase.LEAVING || phase == MemberPhase.JOINED ? Levels.SERVICES : Levels.MEMBERSHIP;
        draft.set(new MemberState(node, incarnation, phase, level, draft.now.wall(), reason));
    }
}
