package io.stead.cli.verb.spec;

import io.stead.cli.verb.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores what the operator wants. */
@Command(
        name = "apply",
        description = "Stores the specs of one or more files, all of them or none; others stay as they are. It waits "
                + "until each has its place; what can't be placed now it says, and exits with 1.")
public final class ApplyVerb extends StoringVerb {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "A YAML file of specs, or - for standard input; may be repeated.")
    private List<String> files = List.of();

    public ApplyVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    SpecFiles.Specs read() {
        return SpecFiles.read(files, shell());
    }
}
