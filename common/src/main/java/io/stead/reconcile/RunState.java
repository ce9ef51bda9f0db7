package io.stead.reconcile;

/**
 * How far a service has come on this node:
 *
 * <pre>
 *   STARTING -> STARTED -> STOPPING -> STOPPED
 *      |           |           `----> STOP_FAILED -> STOPPED (what was left has ended by itself)
 *      |           |-> LOST (nothing of it runs any more) -> STOPPING
 *      |           `-> STOPPED (it was killed)
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
    STOP_FAILED;

    /** Whether nothing of it is left and nothing will come. */
    public boolean isOver() {
        return this == START_FAILED || this == STOPPED;
    }

    /** Whether something of it may still run. */
    public boolean mayRun() {
        return !isOver() && this != LOST;
    }

    /** Whether a command is at work. */
    public boolean isBusy() {
        return this == STARTING || this == STOPPING;
    }
}
