package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Text;
import java.time.Instant;

/** The starts of a service that failed in one life of a node since it last ran there or was cleared (B17, C11). */
public record Failure(NodeId node, Incarnation incarnation, int count, Instant last, String detail) {
    public Failure {
        detail = Text.cut(detail, Report.DETAIL_KEPT);
        if (count < 1) {
            throw new IllegalArgumentException("failure count " + count);
        }
    }
}
