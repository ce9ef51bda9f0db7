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

    static Specs read(List<String> files, Shell shell) {
        Specs all = new Specs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        files.forEach(file -> add(file, InputFile.text(file, shell), all));
        return all;
    }

    /** The specs of a text that stood in the file. */
    static Specs of(String file, String text) {
        Specs all = new Specs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        add(file, text, all);
        return all;
    }

    private static void add(String file, String text, Specs all) {
        switch (SpecFile.read(InputFile.shown(file), text)) {
            case Read.Specs read -> {
                all.specs.addAll(read.specs());
                all.warnings.addAll(read.warnings());
            }
            case Read.Problems read -> all.problems.addAll(read.problems());
        }
    }
}
