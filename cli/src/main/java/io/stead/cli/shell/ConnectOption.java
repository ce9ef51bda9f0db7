package io.stead.cli.shell;

import io.stead.schema.spec.ConnectString;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of verbs that speak to a ZooKeeper: which. */
public final class ConnectOption {
    @Option(
            order = 101,
            names = "--zk",
            paramLabel = "CONNECT",
            converter = ConnectConverter.class,
            description = {
                "ZooKeeper's servers and our path there:",
                "HOST:PORT,HOST:PORT/PATH",
                "(else $$STEAD_ZK, else 127.0.0.1:2181/stead)."
            })
    private @Nullable ConnectString zk;

    public ConnectString zk(Shell shell) {
        return zk != null
                ? zk
                : shell.variable("STEAD_ZK").map(ConnectOption::fromEnvironment).orElse(ConnectString.LOCAL);
    }

    private static ConnectString fromEnvironment(String text) {
        try {
            return ConnectString.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "STEAD_ZK: " + e.getMessage(), e);
        }
    }
}
