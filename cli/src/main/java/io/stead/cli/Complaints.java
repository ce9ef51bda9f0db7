package io.stead.cli;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.Shell;
import io.stead.cli.verb.Verb;
import io.stead.model.Text;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Errors: one line on stderr that says what to do; what went on inside only with {@code --debug} (design.md §7). */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Shell shell;

    Complaints(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : message(e);
        complain(message + "; see `" + command.getCommandSpec().qualifiedName() + " --help`");
        return ExitCode.USAGE.number();
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String word = e.getUnmatched().getFirst();
        List<String> near = e.getSuggestions();
        boolean verbs = !e.getCommandLine().getSubcommands().isEmpty() && !word.startsWith("-");
        String what = verbs ? "unknown verb " : word.startsWith("-") ? "unknown option " : "one word too many: ";
        return what + Text.quoted(word) + (near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?");
    }

    private static String message(Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        boolean debug =
                command.getCommand() instanceof Verb verb && verb.common().isDebug();
        if (e instanceof CommandFailed failed) {
            complain(failed.line());
            trace(debug && e.getCause() != null, e);
            return failed.code().number();
        }
        complain("this should not have happened: " + e + (debug ? "" : "; --debug shows more"));
        trace(debug, e);
        return ExitCode.FAILED.number();
    }

    private void trace(boolean wanted, Exception e) {
        if (wanted) {
            e.printStackTrace(shell.err());
            shell.err().flush();
        }
    }

    private void complain(String line) {
        shell.err().print("stead: " + Text.escaped(line) + "\n");
        shell.err().flush();
    }
}
