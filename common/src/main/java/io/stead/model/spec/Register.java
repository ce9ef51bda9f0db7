package io.stead.model.spec;

/** Whether a service is registered by itself as soon as it may be, or on the operator's word only (B13, B24). */
public enum Register {
    AUTO,
    MANUAL
}
