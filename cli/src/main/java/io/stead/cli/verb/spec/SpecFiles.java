package io.stead.cli.verb.spec;

import io.stead.cli.shell.InputFile;
import io.stead.cli.shell.Shell;
import io.stead.model.spec.ServiceSpec;
import io.stead.schema.spec.Located;
import io.stead.schema.spec.Read;
import io.stead.schema.spec.SpecFile;
import io.stead.schema.yaml.Problem;
import java.util.ArrayList;
import java.util.List;

/** The files that were named, read as one: all of them, or what is wrong with any. */
final class SpecFiles {
    private SpecFiles() {}

    /** What came of reading. */
    record Specs(List<Located<ServiceSpec>> specs, List<Problem> problems, List<Problem> warnings) {}

    /** All that stands in the files; one without any spec is a mistake, such as a file that was cut off. */
    static Specs read(List<String> files, Shell shell) {
        Specs all = new Specs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String file : files) {
            Specs one = of(file, InputFile.text(file, shell));
            boolean empty = one.specs.isEmpty() && one.problems.isEmpty();
            all.specs.addAll(one.specs);
            all.problems.addAll(empty ? one.warnings : one.problems);
            all.warnings.addAll(empty ? List.of() : one.warnings);
        }
        return all;
    }

    /** The specs of a text that stood in the file; an export may have none. */
    static Specs of(String file, String text) {
        return switch (SpecFile.read(InputFile.shown(file), text)) {
            case Read.Specs read -> new Specs(read.specs(), List.of(), read.warnings());
            case Read.Problems read -> new Specs(List.of(), read.problems(), List.of());
        };
    }
}
