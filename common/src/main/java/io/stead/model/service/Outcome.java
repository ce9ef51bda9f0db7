package io.stead.model.service;

/** How a verb ended on a node. Unknown: it was begun, and what became of it cannot be told. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    UNKNOWN
}
