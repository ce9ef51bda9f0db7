package io.stead.cli;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs that {@code bin/stead} sends to other programs; they are listed with the rest, and have a help of their own. */
record Elsewhere(String verb) implements Callable<Integer> {
    static CommandLine of(String verb) {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(new Elsewhere(verb)).name(verb);
        spec.parser().unmatchedArgumentsAllowed(true);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() {
        throw new CommandFailed(ExitCode.USAGE, verb + " is a program of its own: call it through bin/stead");
    }
}
