package io.stead.cli.shell;

import io.stead.model.Text;
import picocli.CommandLine.Option;

/** The options of every verb that asks the leader for something. */
public final class ChangeOptions {
    @Option(order = 50, names = "--no-wait", description = "Only ask for it; don't wait until it is done.")
    private boolean noWait;

    @Option(
            order = 51,
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, for the history.")
    private String reason = "";

    public boolean waits() {
        return !noWait;
    }

    /** In one line without control characters, since it is shown wherever the history is. */
    public String reason() {
        return Text.escaped(reason);
    }
}
