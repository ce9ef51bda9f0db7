package io.stead.cli.shell;

/** The end of a verb that did not do what it was asked: an exit code, and one line that says what to do. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    public CommandFailed(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /** With what is shown under {@code --debug} alone. */
    public CommandFailed(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }

    /** The message; it is never null. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
