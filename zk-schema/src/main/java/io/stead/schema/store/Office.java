package io.stead.schema.store;

import io.stead.model.Epoch;

/** A leadership: its epoch, and the version of the epoch's znode that is checked in each of its transactions (C1). */
public record Office(Epoch epoch, int version) {}
