package io.stead.model;

/**
 * One life of a node: the id of its ZooKeeper session. Whatever names a node names its incarnation too, so that a node
 * that came back under a new session is not mistaken for the one that held something.
 */
public record Incarnation(long sessionId) implements Comparable<Incarnation> {
    /** Reads what {@link #toString} wrote. */
    public static Incarnation parse(String hex) {
        return new Incarnation(Long.parseUnsignedLong(hex, 16));
    }

    @Override
    public int compareTo(Incarnation other) {
        return Long.compareUnsigned(sessionId, other.sessionId);
    }

    @Override
    public String toString() {
        return Long.toHexString(sessionId);
    }
}
