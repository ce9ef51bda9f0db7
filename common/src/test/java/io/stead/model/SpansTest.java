package io.stead.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpansTest {
    @Test
    void aPart_isThatOfDuration() {
        for (Duration span : new Duration[] {Duration.ofSeconds(2), Duration.ofNanos(1), Duration.ofDays(10_000)}) {
            for (int parts : new int[] {1, 2, 6, 8, 1000}) {
                assertThat(Spans.part(span, parts)).isEqualTo(span.dividedBy(parts));
            }
        }
    }
}
