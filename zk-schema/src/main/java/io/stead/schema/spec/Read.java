package io.stead.schema.spec;

import io.stead.model.spec.ServiceSpec;
import io.stead.schema.yaml.Problem;
import java.util.List;

/** What came of reading a spec file: all of it, or none. */
public sealed interface Read {
    /** Every document is good. The warnings are for people, and keep nothing from being applied. */
    record Specs(List<Located<ServiceSpec>> specs, List<Problem> warnings) implements Read {
        public Specs {
            specs = List.copyOf(specs);
            warnings = List.copyOf(warnings);
        }

        public List<ServiceSpec> values() {
            return specs.stream().map(Located::value).toList();
        }
    }

    /** Something is wrong; nothing may be applied. In the order of the file, twenty at most. */
    record Problems(List<Problem> problems) implements Read {
        public Problems {
            problems = List.copyOf(problems);
        }
    }
}
