package io.stead.schema.codec;

/** How one kind of record is written in its znode, and read from it. Any thread; no state. */
public interface Codec<T> {
    /**
     * The record as one line of JSON in UTF-8. The same record gives the same bytes. It never fails; what is longer than
     * {@link #mostBytes} can't be read back, and the writer has to see to that.
     */
    byte[] encode(T value);

    /**
     * What the data says, or why it can't be understood; it never throws.
     *
     * @param path the znode's, to be named with what is wrong
     */
    Decoded<T> decode(String path, byte[] data);

    /** The size above which data is refused unread. */
    int mostBytes();
}
