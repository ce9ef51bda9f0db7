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
        if (text.equals("*")) {
            return true;
        }
        return isWildcard() ? matches(text, 0, node.value(), 0) : text.equals(node.value());
    }

    private static boolean matches(String pattern, int p, String name, int n) {
        int at = p;
        int in = n;
        while (at < pattern.length()) {
            if (pattern.charAt(at) == '*') {
                for (int skip = in; skip <= name.length(); skip++) {
                    if (matches(pattern, at + 1, name, skip)) {
                        return true;
                    }
                }
                return false;
            }
            if (in >= name.length() || pattern.charAt(at) != name.charAt(in)) {
                return false;
            }
            at++;
            in++;
        }
        return in == name.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
