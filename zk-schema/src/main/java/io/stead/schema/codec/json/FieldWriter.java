package io.stead.schema.codec.json;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The fields of an object that is being written. What is empty is left out, and reads back as empty. */
public final class FieldWriter {
    private final JsonGenerator out;

    FieldWriter(JsonGenerator out) {
        this.out = out;
    }

    public <T> FieldWriter put(String name, Kind<T> kind, T value) {
        out.writeName(name);
        kind.write(value, out);
        return this;
    }

    public <T> FieldWriter putIfPresent(String name, Kind<T> kind, Optional<T> value) {
        value.ifPresent(v -> put(name, kind, v));
        return this;
    }

    public <T> FieldWriter list(String name, Kind<T> kind, Collection<T> values) {
        if (!values.isEmpty()) {
            out.writeName(name);
            out.writeStartArray();
            values.forEach(v -> kind.write(v, out));
            out.writeEndArray();
        }
        return this;
    }

    /** An object with the map's keys as its field names, in the map's order. */
    public FieldWriter texts(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            out.writeName(name);
            out.writeStartObject();
            values.forEach((key, value) -> put(key, Kinds.TEXT, value));
            out.writeEndObject();
        }
        return this;
    }
}
