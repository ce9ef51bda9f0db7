package io.stead.model.member;

/** The built-in subsystem levels (protocols.md, Transitions); those of the user's programs lie between or above. */
public final class Levels {
    public static final int MEMBERSHIP = 0;
    public static final int SERVICES = 900;

    private Levels() {}
}
