package io.stead.model.spec;

/** Whether a service moves by itself to a strictly preferred node that has finished joining (B21). */
public enum TransferCost {
    FREE,
    COSTLY
}
