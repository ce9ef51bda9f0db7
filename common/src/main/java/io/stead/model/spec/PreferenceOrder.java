package io.stead.model.spec;

/** How node preferences are read (B13): the first is best, or all are alike and recent performance decides. */
public enum PreferenceOrder {
    RANKED,
    UNRANKED
}
