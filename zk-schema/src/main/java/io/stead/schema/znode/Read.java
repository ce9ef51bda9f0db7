package io.stead.schema.znode;

import java.util.Map;

/** What became of a read. */
public sealed interface Read<T> {
    record Found<T>(T value) implements Read<T> {}

    record Absent<T>() implements Read<T> {}

    /** The credentials don't allow it. */
    record NotAllowed<T>(String path) implements Read<T> {}

    /** No answer; the session may be over too. */
    record Failed<T>(String why) implements Read<T> {}

    /** A subtree as it was found: by path, the root among them; gathered while others wrote, not at one moment. */
    record Subtree(Map<String, Znode> znodes) {
        public Subtree {
            znodes = Map.copyOf(znodes);
        }
    }
}
