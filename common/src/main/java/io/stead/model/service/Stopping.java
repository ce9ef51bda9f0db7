package io.stead.model.service;

import java.time.Instant;

/** The milestone "is to stop": why, and since when. */
public record Stopping(StopCause cause, Instant since) {}
