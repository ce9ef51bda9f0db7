package io.stead.schema.codec;

/** What became of reading a znode's data. */
public sealed interface Decoded<T> {
    record Parsed<T>(T value) implements Decoded<T> {}

    /**
     * It can't be understood, and freezes its own resource.
     *
     * @param why for people: one line without control characters, which names the field
     */
    record Unreadable<T>(String path, String why) implements Decoded<T> {}
}
