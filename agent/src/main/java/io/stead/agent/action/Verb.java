package io.stead.agent.action;

import java.util.Locale;

/** What an action is run for. */
public enum Verb {
    START,
    STOP,
    NOTIFY,
    RECOVERY,
    MONITOR,
    EVENT,
    ACQUIRE,
    RELEASE;

    /** As STEAD_ACTION and file names have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
