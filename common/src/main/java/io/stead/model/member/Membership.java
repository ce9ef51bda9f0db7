package io.stead.model.member;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The transition vector: the state of every node that was ever a member, one entry a node (protocols.md, Transitions). */
public record Membership(SortedMap<NodeId, MemberState> states) {
    public static final Membership EMPTY = new Membership(Collections.emptySortedMap());

    public Membership {
        states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    }

    public Optional<MemberState> of(NodeId node) {
        return Optional.ofNullable(states.get(node));
    }

    /** Whether that very incarnation is joined. */
    public boolean isJoined(NodeId node, Incarnation incarnation) {
        MemberState state = states.get(node);
        return state != null
                && state.phase() == MemberPhase.JOINED
                && state.incarnation().equals(incarnation);
    }

    public MemberPhase phase(NodeId node) {
        MemberState state = states.get(node);
        return state == null ? MemberPhase.INACTIVE : state.phase();
    }

    public Membership without(NodeId node) {
        SortedMap<NodeId, MemberState> next = new TreeMap<>(states);
        next.remove(node);
        return new Membership(next);
    }

    public Membership with(MemberState state) {
        Map<NodeId, MemberState> next = new TreeMap<>(states);
        next.put(state.node(), state);
        return new Membership(new TreeMap<>(next));
    }
}
