package io.stead.cli.shell;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that was named for reading, or the standard input as {@code -}. What can't be read is a mistake in the call. */
public final class InputFile {
    private static final String STDIN = "-";

    private InputFile() {}

    public static String text(String file, Shell shell) {
        try {
            return file.equals(STDIN)
                    ? new String(shell.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new CommandFailed(ExitCode.USAGE, file + ": there is no such file", e);
        } catch (MalformedInputException e) {
            throw new CommandFailed(ExitCode.USAGE, file + ": it is not UTF-8", e);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE, file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** What it is called in messages. */
    public static String shown(String file) {
        return file.equals(STDIN) ? "stdin" : file;
    }
}
