package io.stead.model.member;

/** The membership states of B1. The first three of them hold services; a forced-leaving node has halted or will. */
public enum MemberPhase {
    INACTIVE,
    JOINING,
    JOINED,
    LEAVING,
    FORCED_LEAVING;

    /** Whether the state is steady: no transition is under way (B27). */
    public boolean isSteady() {
        return this == INACTIVE || this == JOINED;
    }
}
