package io.stead.cli.shell;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of every verb. */
public final class CommonOptions {
    @Option(
            order = 103,
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "60s",
            converter = SpanConverter.class,
            description = "Give up after this long, such as 30s (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(
            order = 105,
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli sees that help was asked for, and does not run the verb
    private boolean help;

    @Option(order = 110, names = "--debug", description = "Show stack traces with errors.")
    private boolean debug;

    /** How long the verb may take from its start to its end. */
    public Duration timeout() {
        return timeout;
    }

    public boolean isDebug() {
        return debug;
    }
}
