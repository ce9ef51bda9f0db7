package io.stead.simulate.world;

/** An invariant that does not hold. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
