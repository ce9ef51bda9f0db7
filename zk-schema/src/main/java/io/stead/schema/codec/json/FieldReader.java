package io.stead.schema.codec.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of an object that was read. What is wrong with one is {@link Unfit}, and named; those not asked for are ignored. */
public final class FieldReader {
    private final Map<String, Json> fields;

    FieldReader(Map<String, Json> fields) {
        this.fields = fields;
    }

    /** A field that must be there. */
    public <T> T get(String name, Kind<T> kind) {
        Json value = fields.get(name);
        if (value == null) {
            throw Unfit.of("is missing").in(name);
        }
        return within(name, kind, value);
    }

    /** A field that may be left out. */
    public <T> Optional<T> find(String name, Kind<T> kind) {
        Json value = fields.get(name);
        return value == null ? Optional.empty() : Optional.of(within(name, kind, value));
    }

    /** A list; where it is left out, an empty one. */
    public <T> List<T> list(String name, Kind<T> kind) {
        Json value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Json.Arr array)) {
            throw Kinds.unfit(value, "a list").in(name);
        }
        List<T> read = new ArrayList<>(array.values().size());
        try {
            for (Json element : array.values()) {
                read.add(Unfit.reasoned(kind, element));
            }
        } catch (Unfit unfit) {
            throw unfit.in("[" + read.size() + "]").in(name);
        }
        return read;
    }

    /** An object whose fields are all texts; where it is left out, an empty map. */
    public Map<String, String> texts(String name) {
        Json value = fields.get(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Json.Obj object)) {
            throw Kinds.unfit(value, "an object").in(name);
        }
        FieldReader entries = new FieldReader(object.fields());
        Map<String, String> read = new HashMap<>();
        try {
            object.fields().keySet().forEach(key -> read.put(key, entries.get(key, Kinds.TEXT)));
        } catch (Unfit unfit) {
            throw unfit.in(name);
        }
        return read;
    }

    private static <T> T within(String name, Kind<T> kind, Json value) {
        try {
            return Unfit.reasoned(kind, value);
        } catch (Unfit unfit) {
            throw unfit.in(name);
        }
    }
}
