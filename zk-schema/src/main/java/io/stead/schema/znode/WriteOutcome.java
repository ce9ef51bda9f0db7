package io.stead.schema.znode;

import java.util.List;

/**
 * What became of a transaction. Every case is expected; nothing here is ever repeated blindly.
 */
public sealed interface WriteOutcome {
    /**
     * All of it took place.
     *
     * @param written one for each step, in order
     * @param zxid ZooKeeper's count of transactions when the answer came: not less than that of this one
     * @param connection over which the answer came
     */
    record Committed(List<Written> written, long zxid, Connection connection) implements WriteOutcome {
        public Committed {
            written = List.copyOf(written);
        }
    }

    /** Nothing of it took place, because of this step, counted from 0. */
    record Refused(int index, String path, Cause cause) implements WriteOutcome {}

    /** Nothing of it was sent: this much is more than a znode or a transaction may have (design.md §4). */
    record TooLarge(String what, int bytes, int limit) implements WriteOutcome {}

    /** It may or may not have taken place, or may yet do so: read again. */
    record Unknown(String why) implements WriteOutcome {}

    /** The session is over; whether it took place before is not known. */
    record SessionGone() implements WriteOutcome {}

    /**
     * What one step has left behind.
     *
     * @param path as it is now, with the digits of a sequential one
     * @param version of the data after a create or set, the one found by a check, of no meaning after a delete
     */
    record Written(String path, int version) {}

    /** Why ZooKeeper refused a step. */
    enum Cause {
        BAD_VERSION,
        NO_NODE,
        NODE_EXISTS,
        NOT_EMPTY,
        NO_AUTH,
        /** Anything else that ZooKeeper may hold against it, such as a quota; which it was is in the log. */
        OTHER
    }
}
