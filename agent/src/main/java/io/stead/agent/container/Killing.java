package io.stead.agent.container;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Strikes at a cell until it is empty or the time is over. */
final class Killing {
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private Killing() {}

    /** One blow at everything that is in the cell now. */
    @FunctionalInterface
    interface Strike {
        void deal() throws IOException;
    }

    static Killed until(Cell cell, Duration limit, Strike strike) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long pauseMillis = 1;
        while (!cell.isEmpty()) {
            strike.deal();
            if (cell.isEmpty()) {
                break;
            }
            if (System.nanoTime() - end >= 0) {
                var left = cell.pids().stream().map(ProcessTable::straggler).toList();
                return left.isEmpty() ? new Killed.Ended() : new Killed.Remains(left);
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
        return new Killed.Ended();
    }
}
