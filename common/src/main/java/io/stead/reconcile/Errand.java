package io.stead.reconcile;

import io.stead.model.ServiceName;
import io.stead.model.service.Report;
import io.stead.model.spec.Verb;

/** A notify or recovery for one generation of a service: run at least once, and shown once it has ended. */
public record Errand(ServiceName service, long generation, Verb verb) {
    Report ended(Result result) {
        return new Report(service, generation, verb, result.outcome(), result.detail());
    }
}
