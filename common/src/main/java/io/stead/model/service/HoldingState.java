package io.stead.model.service;

/**
 * What a node says of one resource (protocols.md, Taking): the holding comes before the deed and goes after it. Every state
 * but {@link #FREE} keeps an exclusive resource from everybody else.
 */
public enum HoldingState {
    ACQUIRING,
    ONLINE,
    RELEASING,
    /** It could not be stopped: whether it still runs is not known. */
    RELEASE_FAILED,
    STOPPED,
    /** Its start failed, and nothing of it is left. */
    FAILED,
    /** Its start was begun by an earlier process of the agent, and what became of it cannot be told. */
    UNKNOWN,
    /** It was online, and nothing of it runs any more. */
    LOST,
    /** It was online, runs perhaps, and its monitor says that it does not work. */
    FAILING,
    /** It was killed when the lease was over, and its stop command has still to run. */
    KILLED,
    FREE
}
