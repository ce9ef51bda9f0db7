package io.stead.agent.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;

/** Output as it may be shown anywhere: no control characters, nothing that turns the direction of writing. */
public final class Tail {
    /** So that it fits, with what is said before it, into the detail that a report keeps. */
    public static final int LONGEST = 240;

    /** How much of the output can matter to it: up to four bytes a character. */
    static final int WINDOW_BYTES = 4096;

    private static final String BETWEEN = " | ";
    private static final String CUT = "… ";

    private Tail() {}

    /** The newest lines in one, as many as fit; a line that alone is too long loses its beginning. */
    public static String of(byte[] output) {
        String whole = new String(output, UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Tail::escaped)
                .collect(Collectors.joining(BETWEEN));
        if (whole.length() <= LONGEST) {
            return whole;
        }
        int from = whole.length() - (LONGEST - CUT.length());
        int line = whole.indexOf(BETWEEN, from - BETWEEN.length());
        // A long line before a short one is mostly the one that matters.
        int start = line >= 0 && line - from < LONGEST / 2 ? line + BETWEEN.length() : from;
        return CUT + whole.substring(Character.isLowSurrogate(whole.charAt(start)) ? start + 1 : start);
    }

    /** A text without anything that could change how it is shown. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                case '\r' -> escaped.append("\\r");
                default -> {
                    if (harmless(point)) {
                        escaped.appendCodePoint(point);
                    } else {
                        escaped.append("\\u{%x}".formatted(point));
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
