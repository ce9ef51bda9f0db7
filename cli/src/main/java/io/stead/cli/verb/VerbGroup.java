package io.stead.cli.verb;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that is called with one of the verbs under it. */
public abstract class VerbGroup implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli sees that help was asked for, and does not call
    private boolean help;

    /** What to type, where no verb was given. */
    protected abstract String advice();

    /**
     * What to type in place of words that are no verb of the group; empty where they are an unknown verb.
     *
     * @param words those that were typed
     */
    public String advice(List<String> words) {
        return "";
    }

    @Override
    public final Integer call() {
        CommandLine command = spec.commandLine();
        throw new ParameterException(command, advice());
    }
}
