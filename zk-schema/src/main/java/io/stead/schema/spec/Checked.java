package io.stead.schema.spec;

import io.stead.schema.yaml.Problem;
import java.util.List;

/** What specs show together with those in the store: with any problem nothing may be applied. */
public record Checked(List<Problem> problems, List<Problem> warnings) {
    public Checked {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
