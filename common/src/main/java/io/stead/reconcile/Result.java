package io.stead.reconcile;

import io.stead.model.service.Outcome;

/**
 * How an effect ended. Of a stop or a kill, {@code FAILED} says that its stop command has failed and nothing of it is left,
 * {@code UNKNOWN} that something of it is.
 *
 * @param detail one line for people, or empty
 * @param contained of a start: whether processes of it are in its container now
 * @param cutOff of a start or a stop that failed: whether it was killed with its service, or the lease was over, so that its
 *     failure says nothing of the command, and a stop command is still to be run to its end
 */
public record Result(Outcome outcome, String detail, boolean contained, boolean cutOff) {
    public static final Result DONE = new Result(Outcome.SUCCEEDED, "");

    public Result(Outcome outcome, String detail, boolean contained) {
        this(outcome, detail, contained, false);
    }

    public Result(Outcome outcome, String detail) {
        this(outcome, detail, true);
    }

    /** The same, that it failed being no wonder. */
    public Result whenCutOff() {
        return outcome == Outcome.FAILED ? new Result(outcome, detail, contained, true) : this;
    }

    public static Result failed(String detail) {
        return new Result(Outcome.FAILED, detail);
    }

    public static Result unknown(String detail) {
        return new Result(Outcome.UNKNOWN, detail);
    }

    public boolean succeeded() {
        return outcome == Outcome.SUCCEEDED;
    }
}
