package io.stead.cli.cluster;

import io.stead.audit.Entry;

/**
 * One line of the history.
 *
 * @param number of the leader's transaction that wrote it; it grows with time, and lines of one transaction share it
 */
public record Line(long number, Entry entry) {}
