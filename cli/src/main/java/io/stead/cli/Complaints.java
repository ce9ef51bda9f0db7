package io.stead.cli;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.Shell;
import io.stead.cli.verb.Verb;
import io.stead.cli.verb.VerbGroup;
import io.stead.model.Text;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        String message = switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            default -> message(e);
        };
        complain(message + "; see `" + command.getCommandSpec().qualifiedName() + " --help`");
        return ExitCode.USAGE.number();
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String word = e.getUnmatched().getFirst();
        List<String> near = e.getSuggestions();
        if (near.isEmpty() && e.getCommandLine().getCommand() instanceof VerbGroup group) {
            String advice = group.advice(e.getUnmatched());
            if (!advice.isEmpty() && !word.startsWith("-")) {
                return advice;
            }
        }
        boolean verbs = !e.getCommandLine().getSubcommands().isEmpty() && !word.startsWith("-");
        String what = verbs ? "unknown verb " : word.startsWith("-") ? "unknown option " : "one word too many: ";
        return what + Text.quoted(word) + (near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?");
    }

    /** The call as it is wanted; a word too many is taken for the one that is missing. */
    private static String missing(MissingParameterException e) {
        CommandLine command = e.getCommandLine();
        List<ArgSpec> missing = e.getMissing();
        if (missing.getFirst() instanceof OptionSpec option && !option.required()) {
            return option.longestName() + " needs a value: " + option.paramLabel();
        }
        List<String> given = command.getUnmatchedArguments();
        StringBuilder call = new StringBuilder(command.getCommandSpec().qualifiedName());
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.required()) {
                String value = given.size() == 1 && missing.contains(option) ? given.getFirst() : option.paramLabel();
                call.append(' ').append(option.shortestName()).append(' ').append(value);
            }
        }
        command.getCommandSpec()
                .positionalParameters()
                .forEach(p -> call.append(' ').append(p.paramLabel()));
        return "say `" + call + "`";
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
