package io.stead.model.spec;

/** The action functions of a service (B17–B20). */
public enum Verb {
    START,
    STOP,
    NOTIFY,
    RECOVERY
}
