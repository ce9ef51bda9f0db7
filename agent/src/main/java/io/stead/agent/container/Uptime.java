package io.stead.agent.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The clock that a shell can read without starting a program: {@code /proc/uptime}, in hundredths of a second since boot,
 * cut off, not rounded. It runs on while the host is suspended; {@link System#nanoTime} does not.
 */
public final class Uptime {
    private static final Path FILE = Path.of("/proc/uptime");
    private static final long NANOS_PER_HUNDREDTH = 10_000_000;

    private Uptime() {}

    /** Now; the true time is up to 10 ms later. */
    public static long hundredths() throws IOException {
        return parsed(Files.readString(FILE, US_ASCII));
    }

    /** The hundredths in what {@code /proc/uptime} begins with; throws NumberFormatException for anything else. */
    public static long parsed(String text) {
        int point = text.indexOf('.');
        if (point < 0 || text.length() < point + 3) {
            throw new NumberFormatException("no uptime: " + text);
        }
        return 100 * Long.parseLong(text, 0, point, 10) + Long.parseLong(text, point + 1, point + 3, 10);
    }

    /**
     * A moment of {@link System#nanoTime} in this clock, never too late: up to 20 ms early, plus what the thread was held
     * up while it asked.
     */
    public static long earliestAt(long nanos) throws IOException {
        long now = hundredths();
        return now + Math.floorDiv(nanos - System.nanoTime(), NANOS_PER_HUNDREDTH);
    }

    /** The span between two readings; zero where they are in the wrong order, which they are after a reboot. */
    public static Duration between(long earlier, long later) {
        return Duration.ofMillis(10 * Math.max(0, later - earlier));
    }
}
