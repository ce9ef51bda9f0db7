package io.stead.schema.session;

import java.time.Duration;
import java.util.HexFormat;

/**
 * What it takes to go on with a session in another process (C4). Whoever has it can act as this node: keep it where only
 * root reads, and never print the password.
 *
 * @param passwordHex as ZooKeeper gave it
 * @param timeout the smallest time-out that the session was ever granted
 * @param zxid the newest transaction that the session has seen: nothing older is to be believed
 */
public record SavedSession(long id, String passwordHex, Duration timeout, long zxid) {
    byte[] password() {
        return HexFormat.of().parseHex(passwordHex);
    }

    @Override
    public String toString() {
        return "session 0x" + Long.toHexString(id) + " timeout=" + timeout.toMillis() + "ms zxid=0x"
                + Long.toHexString(zxid);
    }
}
