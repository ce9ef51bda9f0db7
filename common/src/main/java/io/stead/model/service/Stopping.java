package io.stead.model.service;

import io.stead.model.Text;
import java.time.Instant;

/**
 * The milestone "is to stop": why, and since when.
 *
 * @param detail what the cause does not say, for people, or empty
 */
public record Stopping(StopCause cause, Instant since, String detail) {
    public Stopping {
        detail = Text.cut(detail, Report.DETAIL_KEPT);
    }

    /** For people, to be read after the word "because". */
    public String sentence() {
        return cause.sentence() + (detail.isEmpty() ? "" : ": " + detail);
    }
}
