package io.stead.schema.yaml;

import io.stead.model.Text;

/**
 * One thing that is wrong with a file, or worth a warning.
 *
 * @param path the keys that lead there, such as {@code actions.start.timeout} or {@code placement.prefer[0]}; empty
 *     where it concerns a whole document
 * @param message what is wrong and how to mend it
 */
public record Problem(String file, Place place, String path, String message) {
    public int line() {
        return place.line();
    }

    public int column() {
        return place.column();
    }

    /** One line, as people and editors know it: {@code license.yaml:12:9: actions.start.timeout: …}. */
    @Override
    public String toString() {
        String where = "%s:%d:%d: ".formatted(file, line(), column());
        return Text.escaped(where + (path.isEmpty() ? "" : path + ": ") + message);
    }
}
