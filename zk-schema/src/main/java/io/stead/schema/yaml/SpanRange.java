package io.stead.schema.yaml;

import io.stead.model.Spans;
import io.stead.model.Text;
import java.time.Duration;

/** The spans of time that a key or a flag takes, both ends among them. */
public record SpanRange(Duration least, Duration most) {
    /** No longer than a year, so that sums of spans stay far from overflow. */
    public static final SpanRange ANY = new SpanRange(Duration.ZERO, Duration.ofDays(365));

    public static final SpanRange POSITIVE = new SpanRange(Duration.ofMillis(1), ANY.most);

    /** Reads {@code 30s}; what is no span of this range is an {@link IllegalArgumentException} that tells the mend. */
    public Duration parse(String text) {
        Duration span = Spans.parse(text);
        if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "duration %s: use %s to %s".formatted(Text.quoted(text), Spans.text(least), Spans.text(most)));
        }
        return span;
    }
}
