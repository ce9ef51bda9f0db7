package io.stead.model;

import java.util.regex.Pattern;

/** The one rule for names (design.md §7): {@code [a-z0-9][a-z0-9._-]{0,62}}, so that a name is a safe path segment. */
final class Name {
    private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private Name() {}

    static String checked(String kind, String value) {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "%s name %s: use 1 to 63 of a-z 0-9 . _ -, beginning with a letter or digit"
                            .formatted(kind, Text.quoted(value)));
        }
        return value;
    }
}
