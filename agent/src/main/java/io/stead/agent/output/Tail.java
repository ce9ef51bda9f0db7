package io.stead.agent.output;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Output as it may be shown anywhere: no control characters, nothing that turns the direction of writing. */
public final class Tail {
    /** The longest tail, in UTF-8. */
    public static final int LONGEST_BYTES = 2048;

    private Tail() {}

    /** The newest lines, as many as fit; a line that alone is too long loses its beginning. */
    public static String of(byte[] output) {
        String text = new String(output, UTF_8).strip();
        String escaped = escaped(text);
        int from = escaped.length();
        int bytes = 0;
        while (from > 0) {
            int point = escaped.codePointBefore(from);
            bytes += Character.toString(point).getBytes(UTF_8).length;
            if (bytes > LONGEST_BYTES) {
                return afterLineEnd(escaped.substring(from));
            }
            from -= Character.charCount(point);
        }
        return escaped;
    }

    private static String afterLineEnd(String newest) {
        int line = newest.indexOf("\\n");
        return line >= 0 ? newest.substring(line + 2) : newest;
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
