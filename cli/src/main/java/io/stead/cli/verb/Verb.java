package io.stead.cli.verb;

import io.stead.cli.render.Printer;
import io.stead.cli.render.Shown;
import io.stead.cli.shell.CommonOptions;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.OutputFormat;
import io.stead.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One verb. It ends with an exit code, or with {@link io.stead.cli.shell.CommandFailed}. */
public abstract class Verb implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Deadline deadline;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    protected Verb(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.deadline = new Deadline(surroundings.shell(), common);
    }

    protected abstract ExitCode run();

    @Override
    public final Integer call() {
        return run().number();
    }

    public final CommonOptions common() {
        return common;
    }

    protected final Surroundings surroundings() {
        return surroundings;
    }

    protected final Shell shell() {
        return surroundings.shell();
    }

    protected final Deadline deadline() {
        return deadline;
    }

    protected final ExitCode print(Shown shown, OutputFormat format) {
        Printer.print(shown, format, shell());
        return ExitCode.DONE;
    }

    /** A line beside the result, for people. */
    protected final void say(String line) {
        shell().err().print("stead: " + line + "\n");
        shell().err().flush();
    }
}
