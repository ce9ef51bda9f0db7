package io.stead.cli.render;

import java.time.Duration;
import java.time.Instant;

/** Moments as seen from now. */
public final class Ages {
    private Ages() {}

    /** {@code 3m ago}, or {@code in 2h} for what is to come. */
    public static String of(Instant moment, Instant now) {
        Duration age = Duration.between(moment, now);
        return age.isNegative() ? "in " + span(age.negated()) : span(age) + " ago";
    }

    /** How long something lasts already; the clocks of hosts may differ a little. */
    public static String lasting(Instant since, Instant now) {
        return since.isAfter(now) ? "0s" : span(Duration.between(since, now));
    }

    /** The span in its largest unit, rounded down: {@code 45s}, {@code 3m}, {@code 2h}, {@code 5d}. */
    public static String span(Duration span) {
        if (span.toMinutes() < 1) {
            return span.toSeconds() + "s";
        }
        if (span.toHours() < 1) {
            return span.toMinutes() + "m";
        }
        return span.toDays() < 1 ? span.toHours() + "h" : span.toDays() + "d";
    }

    /** As long as something has taken: {@code 0.4 s}, {@code 12.0 s}. */
    public static String taken(Duration span) {
        long tenths = (span.toMillis() + 50) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
