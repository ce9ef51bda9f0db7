package io.stead.reconcile;

import io.stead.model.service.Outcome;

/**
 * How an effect ended.
 *
 * @param detail one line for people, or empty
 */
public record Result(Outcome outcome, String detail) {
    public static final Result DONE = new Result(Outcome.SUCCEEDED, "");

    public static Result failed(String detail) {
        return new Result(Outcome.FAILED, detail);
    }

    public boolean succeeded() {
        return outcome == Outcome.SUCCEEDED;
    }
}
