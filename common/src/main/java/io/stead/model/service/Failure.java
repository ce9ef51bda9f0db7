package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Text;
import java.time.Instant;

/**
 * How often a service has failed in one life of a node since that was forgiven (B17, C11).
 *
 * @param generation of the owner that failed last: as long as the assignment has it nobody was given charge since, nor was anything
 *     asked of it
 */
public record Failure(NodeId node, Incarnation incarnation, int count, long generation, Instant last, String detail) {
    public Failure {
        detail = Text.cut(detail, Report.DETAIL_KEPT);
        if (count < 1) {
            throw new IllegalArgumentException("failure count " + count);
        }
    }
}
