package io.stead.cli.verb.spec;

import io.stead.cli.export.ExportFile;
import io.stead.cli.shell.InputFile;
import io.stead.cli.verb.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads back what {@code export} wrote. */
@Command(
        name = "import",
        description = "Stores the specs of an export, YAML or JSON, all of them or none; its state is not read. It "
                + "waits until each has its place; what can't be placed now it says, and exits with 1.")
public final class ImportVerb extends StoringVerb {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "What `stead export` wrote, or - for standard input.")
    private String file = "";

    public ImportVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    SpecFiles.Specs read() {
        String text = InputFile.text(file, shell());
        return SpecFiles.of(
                file, ExportFile.isOne(text) ? ExportFile.parse(file, text).specs() : text);
    }
}
