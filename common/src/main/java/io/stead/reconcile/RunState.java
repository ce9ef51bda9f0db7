package io.stead.reconcile;

/**
 * How far a service has come on this node:
 *
 * <pre>
 *   STARTING -> STARTED -> STOPPING -> STOPPED -> FORGETTING
 *      |           |           |-> STOP_FAILED (its stop command has failed; nothing of it is left)
 *      |           |           `-> STUCK (something of it can't be killed) -> KILLED (that has ended by itself)
 *      |           |-> LOST (nothing of it runs any more) -> CLEARING
 *      |           |-> FAILING (it runs perhaps, and its monitor says that it does not work) -> STOPPING, or LOST
 *      |           `-> KILLED (or STUCK; so may be whatever was begun) -> CLEARING
 *      |-> START_FAILED (nothing of it is left)
 *      `-> UNKNOWN (the agent was restarted meanwhile) -> STOPPING
 * </pre>
 *
 * CLEARING is the stop command of what runs no more, and ends as STOPPING does. What was killed has not had its stop
 * command, or not to its end: that runs at least once (A22), as soon as the lease permits it again.
 */
public enum RunState {
    STARTING,
    STARTED,
    START_FAILED,
    UNKNOWN,
    LOST,
    FAILING,
    KILLED,
    STOPPING,
    CLEARING,
    STOPPED,
    STOP_FAILED,
    STUCK,
    FORGETTING;

    /** Whether nothing of it is left and nothing will come. */
    public boolean isOver() {
        return this == START_FAILED || this == STOPPED || this == FORGETTING;
    }

    /** Whether something of it may still run. */
    public boolean mayRun() {
        return !isOver() && this != LOST && this != KILLED && this != CLEARING && this != STOP_FAILED;
    }

    /** Whether a command of it is at work. */
    public boolean isBusy() {
        return this == STARTING || this == STOPPING || this == CLEARING || this == FORGETTING;
    }
}
