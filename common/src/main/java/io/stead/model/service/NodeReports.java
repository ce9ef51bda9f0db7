package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Verb;
import java.util.List;
import java.util.Optional;

/** The report vector of one node, ordered by service, generation and verb. */
public record NodeReports(NodeId node, Incarnation incarnation, List<Report> reports) {
    public NodeReports {
        reports = List.copyOf(reports);
    }

    public Optional<Report> of(ServiceName service, long generation, Verb verb) {
        for (Report r : reports) {
            if (r.generation() == generation && r.verb() == verb && r.service().equals(service)) {
                return Optional.of(r);
            }
        }
        return Optional.empty();
    }
}
