package io.stead.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}. */
public final class Spans {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Spans() {}

    /** One of so many equal parts. {@link Duration#dividedBy} goes by way of decimals: dear in what is done for ever. */
    public static Duration part(Duration span, int parts) {
        return Duration.ofNanos(span.toNanos() / parts);
    }

    /** Reads {@code N(ms|s|m|h|d)}; anything else is an {@link IllegalArgumentException} with the mend in its message. */
    public static Duration parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "duration " + Text.quoted(text) + ": write a whole number with ms, s, m, h or d, such as 30s");
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }

    /** The shortest text that {@link #parse} reads back, to the millisecond. */
    public static String text(Duration span) {
        long ms = span.toMillis();
        if (ms % 1000 != 0 || ms == 0) {
            return ms == 0 ? "0s" : ms + "ms";
        }
        long s = ms / 1000;
        if (s % 86_400 == 0) {
            return s / 86_400 + "d";
        }
        if (s % 3600 == 0) {
            return s / 3600 + "h";
        }
        return s % 60 == 0 ? s / 60 + "m" : s + "s";
    }
}
