package io.stead.schema.codec.json;

import tools.jackson.core.JsonGenerator;

/** A record as an object; the fields stand in the order in which they are written. */
public interface Form<T> extends Kind<T> {
    void write(T value, FieldWriter out);

    T read(FieldReader in);

    @Override
    default void write(T value, JsonGenerator out) {
        out.writeStartObject();
        write(value, new FieldWriter(out));
        out.writeEndObject();
    }

    @Override
    default T read(Json value) {
        if (value instanceof Json.Obj object) {
            return read(new FieldReader(object.fields()));
        }
        throw Kinds.unfit(value, "an object");
    }
}
