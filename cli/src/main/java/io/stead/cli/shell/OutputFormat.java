package io.stead.cli.shell;

import java.util.Locale;

/** How a verb's result is written: for people, or for programs. */
public enum OutputFormat {
    TABLE,
    JSON,
    YAML;

    /** As it is written after {@code -o}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
