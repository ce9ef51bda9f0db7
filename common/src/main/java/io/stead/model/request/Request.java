package io.stead.model.request;

import java.time.Instant;
import java.util.Optional;

/**
 * One request of an operator.
 *
 * @param id random, and the znode's name
 * @param author who asks, for the history
 * @param expectedGeneration the generation the operator has seen; another one refuses the request
 * @param notAfter the request is refused when it is met later than this
 * @param expires when an override that it makes ends by itself
 */
public record Request(
        String id,
        Wish wish,
        String author,
        String reason,
        Optional<Long> expectedGeneration,
        Instant notAfter,
        Optional<Instant> expires) {}
