package io.stead.cli.shell;

import picocli.CommandLine.Option;

/** The option of verbs that have a result: how to write it. */
public final class OutputOption {
    @Option(
            order = 102,
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to write it: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    public OutputFormat format() {
        return format;
    }
}
