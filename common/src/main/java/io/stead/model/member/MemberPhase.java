package io.stead.model.member;

/** The membership states of B1. A joined or leaving node holds services; a forced-leaving one has halted or will. */
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
