package io.stead.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command before any verb: without one it prints its usage and exits with 2. */
@Command(
        name = "stead",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        description = "Keeps services alive across hosts, with ZooKeeper as the only shared thing.",
        footer = {
            "",
            "Verbs about a cluster take --zk, -o, --timeout, --credentials and --debug:",
            "see `stead VERB --help`.",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused or conflict,",
            "5 ZooKeeper not reachable."
        })
final class Stead implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Override
    public Integer call() {
        if (!help && !version) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return io.stead.cli.shell.ExitCode.USAGE.number();
    }
}
