package io.stead.cli;

import io.stead.cli.cluster.StoreClusters;
import io.stead.cli.shell.Shell;
import io.stead.cli.verb.Surroundings;
import picocli.CommandLine;

/** Where the command line starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Shell shell = RealShell.open();
        int code = run(new Surroundings(shell, new StoreClusters()), args);
        shell.out().flush();
        shell.err().flush();
        System.exit(code);
    }

    /** One call from its words to its exit code. */
    static int run(Surroundings surroundings, String... args) {
        CommandLine commands = Verbs.commands(surroundings, args);
        Complaints complaints = new Complaints(surroundings.shell());
        return commands.setOut(surroundings.shell().out())
                .setErr(surroundings.shell().err())
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints)
                .execute(args);
    }
}
