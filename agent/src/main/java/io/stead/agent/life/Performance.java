package io.stead.agent.life;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** Recent performance: the one-minute load average × 100 / cores, in steps of 10 (design.md §7). */
final class Performance {
    private static final int STEP = 10;
    /** The kernel reckons no oftener. */
    private static final long LOOK_AGAIN_NANOS = 5_000_000_000L;

    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    private int load;
    private long lookedNanos = System.nanoTime() - LOOK_AGAIN_NANOS;

    /** Rounded, and sticky between two steps, so that a load at an edge is not written at every look. */
    int load() {
        if (System.nanoTime() - lookedNanos < LOOK_AGAIN_NANOS) {
            return load;
        }
        lookedNanos = System.nanoTime();
        double average = Math.max(0, system.getSystemLoadAverage());
        double percent = average * 100 / system.getAvailableProcessors();
        if (Math.abs(percent - load) > STEP) {
            load = (int) Math.round(percent / STEP) * STEP;
        }
        return load;
    }
}
