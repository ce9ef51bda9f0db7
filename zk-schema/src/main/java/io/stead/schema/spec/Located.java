package io.stead.schema.spec;

import io.stead.schema.yaml.Place;
import io.stead.schema.yaml.Problem;
import io.stead.schema.yaml.YamlValue;

/** A value and the document it was read from, so that what is found out about it later still has its line. */
public record Located<T>(T value, String file, YamlValue document) {
    /** Where the document begins. */
    public Place place() {
        return document.place();
    }

    /** A problem at the place of a path such as {@code placement.prefer[0]}, or as near to it as the document has. */
    public Problem problem(String path, String message) {
        return new Problem(file, document.placeOf(path), path, message);
    }
}
