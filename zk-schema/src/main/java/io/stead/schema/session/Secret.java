package io.stead.schema.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A name and password by which ZooKeeper's digest scheme knows a role or one agent. Never printed. */
public record Secret(String user, String password) {
    public Secret {
        if (user.isEmpty() || user.indexOf(':') >= 0 || password.isEmpty()) {
            throw new IllegalArgumentException("a credential needs a user without ':' and a password");
        }
    }

    /** A new one with 192 random bits. */
    public static Secret random(String user) {
        byte[] bits = new byte[24];
        new SecureRandom().nextBytes(bits);
        return new Secret(user, Base64.getUrlEncoder().encodeToString(bits));
    }

    /** What an ACL names: it shows that somebody has the password, and not the password. */
    public String id() {
        return user + ":" + Base64.getEncoder().encodeToString(sha1(plain()));
    }

    /** What the session shows to ZooKeeper. */
    String plain() {
        return user + ":" + password;
    }

    // ZooKeeper's digest scheme is defined by SHA-1; with 192 random bits behind it that is not a weakness.
    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
