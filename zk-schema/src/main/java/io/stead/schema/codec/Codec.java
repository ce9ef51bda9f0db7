package io.stead.schema.codec;

/** How one kind of record is written in its znode, and read from it. Any thread; no state. */
public interface Codec<T> {
    /**
     * The record as one line of JSON in UTF-8. The same record gives the same bytes. It never fails; what is longer than
     * 64 KiB can't be read back, and is refused where it would be written ({@code Write.beyondBounds}).
     */
    byte[] encode(T value);

    /**
     * What the data says, or why it can't be understood: what is longer than 64 KiB among it. It never throws.
     *
     * @param path the znode's, to be named with what is wrong
     */
    Decoded<T> decode(String path, byte[] data);
}
