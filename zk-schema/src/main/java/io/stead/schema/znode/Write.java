package io.stead.schema.znode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One step of a transaction. */
public sealed interface Write {
    /** As a version: whichever it is. */
    int ANY_VERSION = -1;

    /** One znode's data at most, in bytes: beyond it every reader pays for what few need. */
    int MAX_ZNODE_BYTES = 64 * 1024;

    /** One transaction's paths and data at most, in bytes; well below ZooKeeper's own bound of 1 MB. */
    int MAX_TRANSACTION_BYTES = 256 * 1024;

    String path();

    /** What it adds to the transaction's size, in bytes. */
    default int bytes() {
        return path().length() + dataBytes();
    }

    /** The size of the data it writes, in bytes. */
    default int dataBytes() {
        return switch (this) {
            case Create c -> bytes(c.text());
            case Set s -> bytes(s.text());
            case Delete _, Check _ -> 0;
        };
    }

    /** The size of a text as a znode's data, in bytes. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What is too large among these, if anything: a znode's data, or all together. Nothing is ever split silently. */
    static Optional<WriteOutcome.TooLarge> beyondBounds(List<Write> writes) {
        int all = 0;
        for (Write write : writes) {
            int data = write.dataBytes();
            if (data > MAX_ZNODE_BYTES) {
                return Optional.of(new WriteOutcome.TooLarge(write.path(), data, MAX_ZNODE_BYTES));
            }
            all += write.bytes();
        }
        return all > MAX_TRANSACTION_BYTES
                ? Optional.of(new WriteOutcome.TooLarge("transaction", all, MAX_TRANSACTION_BYTES))
                : Optional.empty();
    }

    /** Makes a znode; refused if it exists. A sequential one gets ten digits appended to its path. */
    record Create(String path, String text, Mode mode, Access access) implements Write {}

    record Set(String path, String text, int version) implements Write {}

    record Delete(String path, int version) implements Write {}

    /** Writes nothing, and refuses the transaction if the znode is gone or another version. */
    record Check(String path, int version) implements Write {}

    /** How long a znode lives, and who completes its name. */
    enum Mode {
        PERSISTENT,
        EPHEMERAL,
        PERSISTENT_SEQUENTIAL
    }
}
