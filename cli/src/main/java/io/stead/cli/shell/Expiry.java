package io.stead.cli.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of verbs whose effect may end by itself (C11). */
public final class Expiry {
    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "End it by itself after this long, such as 2h.")
    private @Nullable Duration expires;

    public Optional<Instant> from(Instant now) {
        if (expires != null && !expires.isPositive()) {
            throw new CommandFailed(ExitCode.USAGE, "--expires: use a span above zero, such as 2h");
        }
        return Optional.ofNullable(expires).map(now::plus);
    }
}
