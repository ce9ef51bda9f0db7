package io.stead.model.spec;

import io.stead.model.NodeId;
import io.stead.model.Text;
import java.util.regex.Pattern;

/** A node's name, or a pattern in which {@code *} stands for any run of characters (B13). */
public record NodePattern(String text) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9*][a-z0-9*._-]{0,62}");

    public NodePattern {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "node pattern " + Text.quoted(text) + ": use a node's name, with * for any characters");
        }
    }

    public boolean isWildcard() {
        return text.indexOf('*') >= 0;
    }

    public boolean matches(NodeId node) {
        return isWildcard() ? matches(node.value()) : text.equals(node.value());
    }

    /** Whether every node that the other pattern matches is matched by this one: sound, and all that a reader would see. */
    public boolean covers(NodePattern other) {
        return matches(other.text);
    }

    /** Each star takes as little as it must, and more when what follows does not fit: never more than length times length. */
    private boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int taken = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                taken = in;
            } else if (at < text.length() && text.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++taken;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
