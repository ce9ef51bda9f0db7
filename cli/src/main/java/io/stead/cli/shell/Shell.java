package io.stead.cli.shell;

import io.stead.model.Now;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a verb was called: everything of the process that it may see, so that a test can be its shell.
 *
 * @param in what is piped in
 * @param out for the result, and nothing else
 * @param err for errors, warnings and progress
 * @param outIsTerminal whether colours may be used there
 * @param errIsTerminal whether a line of progress may be rewritten in place
 * @param environment the variables
 * @param user who calls, for the history
 * @param clock the time, wall and monotonic
 */
public record Shell(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        String user,
        Supplier<Now> clock) {
    public Now now() {
        return clock.get();
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
    }

    /** Whether the result may be coloured (https://no-color.org). */
    public boolean colours() {
        return outIsTerminal
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").equals(Optional.of("dumb"));
    }

    /** {@code $XDG_CONFIG_HOME/stead}, or {@code ~/.config/stead}; empty where the caller has no home. */
    public Optional<Path> configuration() {
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .or(() -> variable("HOME").map(home -> Path.of(home, ".config")))
                .map(dir -> dir.resolve("stead"));
    }
}
