package io.stead.cli.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of verbs that open a cluster: who they are to it. */
public final class CredentialsOption {
    private static final String FILE = "operator.credentials";

    @Option(
            order = 104,
            names = "--credentials",
            paramLabel = "FILE",
            description = {
                "Credentials that `stead init` wrote",
                "(else $$STEAD_CREDENTIALS, else, if it is there,",
                "stead/" + FILE + " in the configuration",
                "directory)."
            })
    private @Nullable Path credentials;

    /** The credentials to show; without any, none are shown. A file that was named must be there. */
    public Optional<Path> credentials(Shell shell) {
        Path named = credentials != null
                ? credentials
                : shell.variable("STEAD_CREDENTIALS").map(Path::of).orElse(null);
        return named != null
                ? Optional.of(named)
                : shell.configuration().map(dir -> dir.resolve(FILE)).filter(Files::isReadable);
    }
}
