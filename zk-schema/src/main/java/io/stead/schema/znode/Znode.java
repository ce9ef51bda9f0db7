package io.stead.schema.znode;

/**
 * One znode as it was read.
 *
 * @param version of its data; 0 at first and again after it was created anew
 * @param czxid the transaction that created it: it tells one life of the path from the next
 * @param mzxid the transaction that last wrote it
 * @param ephemeralOwner the session it ends with, or 0
 */
public record Znode(String path, String text, int version, long czxid, long mzxid, long ephemeralOwner) {
    public boolean isEphemeral() {
        return ephemeralOwner != 0;
    }

    /** Whether both say the same of the same life of the path. */
    boolean isSameStateAs(Znode other) {
        return czxid == other.czxid && mzxid == other.mzxid && ephemeralOwner == other.ephemeralOwner;
    }
}
