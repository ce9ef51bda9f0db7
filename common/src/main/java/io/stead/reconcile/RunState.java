package io.stead.reconcile;

/**
 * How far a service has come on this node:
 *
 * <pre>
 *   STARTING -> STARTED -> STOPPING -> STOPPED -> FORGETTING
 *      |           |           |-> STOP_FAILED (its stop command has failed; nothing of it is left)
 *      |           |           `-> STUCK (something of it can't be killed) -> STOPPED (that has ended by itself)
 *      |           |-> LOST (nothing of it runs any more) -> STOPPING
 *      |           `-> STOPPED or STUCK (it was killed)
 *      |-> START_FAILED (nothing of it is left)
 *      `-> UNKNOWN (the agent was restarted meanwhile) -> STOPPING
 * </pre>
 */
public enum RunState {
    STARTING,
    STARTED,
    START_FAILED,
    UNKNOWN,
    LOST,
    STOPPING,
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
        return !isOver() && this != LOST && this != STOP_FAILED;
    }

    /** Whether a command of it is at work. */
    public boolean isBusy() {
        return this == STARTING || this == STOPPING || this == FORGETTING;
    }
}
