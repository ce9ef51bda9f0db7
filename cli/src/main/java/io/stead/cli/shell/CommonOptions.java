package io.stead.cli.shell;

import io.stead.schema.spec.ConnectString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every verb. */
public final class CommonOptions {
    private static final String CREDENTIALS = "operator.credentials";

    @Option(
            order = 101,
            names = "--zk",
            paramLabel = "CONNECT",
            converter = ConnectConverter.class,
            description = "ZooKeeper's servers and our path there: HOST:PORT,HOST:PORT/PATH"
                    + " (else $$STEAD_ZK, else 127.0.0.1:2181/stead).")
    private @Nullable ConnectString zk;

    @Option(
            order = 102,
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to write the result: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(
            order = 103,
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "60s",
            converter = SpanConverter.class,
            description = "Give up after this long, such as 500ms, 30s, 5m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(
            order = 104,
            names = "--credentials",
            paramLabel = "FILE",
            description = "Credentials that `stead init` wrote (else $$STEAD_CREDENTIALS," + " else stead/"
                    + CREDENTIALS + " in the configuration directory, if it is there).")
    private @Nullable Path credentials;

    @Option(
            order = 105,
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(order = 110, names = "--debug", description = "Show stack traces with errors.")
    private boolean debug;

    /** The ZooKeeper to speak to. */
    public ConnectString zk(Shell shell) {
        return zk != null
                ? zk
                : shell.variable("STEAD_ZK").map(CommonOptions::fromEnvironment).orElse(ConnectString.LOCAL);
    }

    private static ConnectString fromEnvironment(String text) {
        try {
            return ConnectString.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "STEAD_ZK: " + e.getMessage(), e);
        }
    }

    public OutputFormat output() {
        return output;
    }

    /** How long the verb may take from its start to its end. */
    public Duration timeout() {
        return timeout;
    }

    /** The credentials to show; without any, none are shown. A file that was named must be there. */
    public Optional<Path> credentials(Shell shell) {
        Path named = credentials != null
                ? credentials
                : shell.variable("STEAD_CREDENTIALS").map(Path::of).orElse(null);
        return named != null ? Optional.of(named) : defaultCredentials(shell).filter(Files::isReadable);
    }

    /** Where credentials are looked up when none are named. */
    public static Optional<Path> defaultCredentials(Shell shell) {
        return shell.configuration().map(dir -> dir.resolve(CREDENTIALS));
    }

    public boolean isDebug() {
        return debug;
    }

    /** Whether help was asked for; picocli shows it and does not run the verb. */
    public boolean isHelp() {
        return help;
    }
}
