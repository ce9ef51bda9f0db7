package io.stead.model.member;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import java.time.Instant;

/**
 * One entry of the transition vector: where one incarnation of a node stands (B1, B27).
 *
 * @param level the subsystem level at work; of a steady state, the one reached
 * @param since when the phase was entered
 */
public record MemberState(
        NodeId node, Incarnation incarnation, MemberPhase phase, int level, Instant since, String reason) {}
