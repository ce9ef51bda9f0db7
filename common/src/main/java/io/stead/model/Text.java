package io.stead.model;

import java.util.List;
import java.util.stream.Collectors;

/** Names and reasons are data: shown escaped, never raw (design.md §8). */
public final class Text {
    private static final int SHOWN = 80;

    private Text() {}

    /** The value in double quotes, control characters escaped, cut after 80 characters. */
    public static String quoted(String value) {
        return '"' + escaped(value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value) + '"';
    }

    /** The value, cut after so many characters: what is kept in a znode is bounded. */
    public static String cut(String value, int most) {
        return value.length() > most ? value.substring(0, most - 1) + "…" : value;
    }

    /** {@code a, b, c, d and 2 more}. */
    public static String listed(List<?> all, int most) {
        String more = all.size() > most ? " and " + (all.size() - most) + " more" : "";
        return all.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", ")) + more;
    }

    /** The value with control, format and line-separating characters written as {@code \\uXXXX}. */
    public static String escaped(String value) {
        StringBuilder out = new StringBuilder(value.length() + 8);
        value.chars().forEach(c -> {
            if (isUnsafe((char) c)) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    /** Whether the value has characters that could forge a line or steer a terminal. */
    public static boolean isPlain(String value) {
        return value.chars().noneMatch(c -> isUnsafe((char) c));
    }

    private static boolean isUnsafe(char c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
