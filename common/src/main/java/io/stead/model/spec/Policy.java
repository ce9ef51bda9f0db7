package io.stead.model.spec;

/** Placement policy (B13): on exactly one node, or on every allowable node. */
public enum Policy {
    ONE,
    ALL
}
