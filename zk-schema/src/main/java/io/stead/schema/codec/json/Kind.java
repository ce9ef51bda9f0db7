package io.stead.schema.codec.json;

import tools.jackson.core.JsonGenerator;

/** How a value of one type is written and read. */
public interface Kind<T> {
    void write(T value, JsonGenerator out);

    /** The value, or {@link Unfit}, or the {@link IllegalArgumentException} of a value that refused to be made. */
    T read(Json value);
}
