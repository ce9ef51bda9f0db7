package io.stead.model.service;

import io.stead.model.ServiceName;
import io.stead.model.Text;
import io.stead.model.spec.Verb;

/**
 * How a verb ended; the node keeps it until the leader has recorded what follows from it.
 *
 * @param generation the assignment's generation for which the verb ran
 * @param detail one line for people: why it failed, or empty
 */
public record Report(ServiceName service, long generation, Verb verb, Outcome outcome, String detail) {
    /** How much of a detail is kept, in characters; the whole of what an action has printed is on its host. */
    public static final int DETAIL_KEPT = 300;

    public Report {
        detail = Text.cut(detail, DETAIL_KEPT);
    }
}
