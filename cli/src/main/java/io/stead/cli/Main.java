package io.stead.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where the command line starts. It has no verbs yet: without {@code --help} it prints its usage and exits with 2. */
@Command(
        name = "stead",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Keeps services and floating service addresses alive across hosts.")
public final class Main implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
