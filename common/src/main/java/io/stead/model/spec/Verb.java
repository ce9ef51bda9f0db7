package io.stead.model.spec;

import java.util.List;
import java.util.Locale;

/** What is run for a service (B17–B20, C10). */
public enum Verb {
    START,
    STOP,
    NOTIFY,
    RECOVERY,
    /** Run again and again while the service runs, see {@link Actions#monitor}. */
    MONITOR;

    /** Those that are run for one step in a service's life. */
    public static final List<Verb> COMMANDS = List.of(START, STOP, NOTIFY, RECOVERY);

    /** As STEAD_ACTION and file names have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
