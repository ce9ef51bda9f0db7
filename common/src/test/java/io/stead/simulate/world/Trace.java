package io.stead.simulate.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, line by line, and a hash of it that is the same wherever and however often the seed is run. */
final class Trace {
    private final Timeline timeline;
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private long hash = 1_125_899_906_842_597L;

    Trace(Timeline timeline, boolean kept) {
        this.timeline = timeline;
        this.kept = kept;
    }

    void say(String who, String what) {
        say(who, what, () -> "");
    }

    /** The details are for readers only, and not made where nobody reads. */
    void say(String who, String what, Supplier<String> details) {
        hash = 31 * (31 * (31 * hash + timeline.nanos()) + who.hashCode()) + what.hashCode();
        if (kept) {
            lines.add("%11.6f %-6s %s%s".formatted(timeline.nanos() / 1e9, who, what, details.get()));
        }
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return lines;
    }
}
