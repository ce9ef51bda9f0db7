package io.stead.model.request;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a request, committed together with its effect.
 *
 * @param generation of an accepted request about a service: the last generation it must settle
 */
public record Answer(String requestId, Verdict verdict, Optional<Long> generation, String message, Instant at) {
    /** Whether the leader took the request up. */
    public enum Verdict {
        ACCEPTED,
        REFUSED,
        NOT_FOUND
    }
}
