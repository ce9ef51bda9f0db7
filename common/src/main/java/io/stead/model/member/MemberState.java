package io.stead.model.member;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Text;
import java.time.Instant;

/**
 * One entry of the transition vector: where one incarnation of a node stands (B1, B27).
 *
 * @param level the subsystem level at work; of a steady state, the one reached
 * @param since when the phase was entered
 */
public record MemberState(
        NodeId node, Incarnation incarnation, MemberPhase phase, int level, Instant since, String reason) {
    /** In characters: all nodes stand in one znode. */
    private static final int REASON_KEPT = 120;

    public MemberState {
        reason = Text.cut(reason, REASON_KEPT);
    }
}
