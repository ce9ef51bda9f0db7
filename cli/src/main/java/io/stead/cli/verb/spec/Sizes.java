package io.stead.cli.verb.spec;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.model.spec.ServiceSpec;
import io.stead.schema.codec.Codecs;
import io.stead.schema.spec.Located;
import io.stead.schema.yaml.Problem;
import io.stead.schema.znode.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether specs fit into the store (design.md §4): told by file and line, before anything is written. */
final class Sizes {
    /** What a spec adds to a transaction besides its text: its path, and what ZooKeeper's protocol puts around it. */
    private static final int AROUND_IT = 128;

    private Sizes() {}

    static List<Problem> beyondBounds(List<Located<ServiceSpec>> specs) {
        List<Problem> problems = new ArrayList<>();
        for (Located<ServiceSpec> spec : specs) {
            int bytes = bytes(spec.value());
            if (bytes > Write.MAX_ZNODE_BYTES) {
                problems.add(spec.problem(
                        "",
                        "service %s is too large: %d bytes, and %d are allowed; keep long params and args in a file of the hosts"
                                .formatted(spec.value().name(), bytes, Write.MAX_ZNODE_BYTES)));
            }
        }
        return problems;
    }

    /** All are stored together or none, so that what is stored at once is bounded, too. */
    static void checkTogether(Collection<ServiceSpec> specs) {
        int all = specs.stream().mapToInt(spec -> bytes(spec) + AROUND_IT).sum();
        if (all > Write.MAX_TRANSACTION_BYTES) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "%d specs are too large to be stored at once: about %d bytes, and %d are allowed; split the file, and begin with the parents"
                            .formatted(specs.size(), all, Write.MAX_TRANSACTION_BYTES));
        }
    }

    private static int bytes(ServiceSpec spec) {
        return Codecs.SERVICE_SPEC.encode(spec).length;
    }
}
