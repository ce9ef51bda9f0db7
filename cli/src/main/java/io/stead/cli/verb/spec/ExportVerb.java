package io.stead.cli.verb.spec;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.export.Exported;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.OutputFormat;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.view.ClusterView;
import io.stead.schema.spec.SpecFile;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** What is wanted, and with {@code -o json} what is, too. */
@Command(
        name = "export",
        header = "Write the specs, or specs and state, for a file.",
        description = {
            "Writes the specs, as YAML that `stead apply` reads; with -o json the specs and the present state,",
            "for `stead simulate --state`."
        })
public final class ExportVerb extends ClusterVerb {
    public ExportVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        try (Cluster cluster = open()) {
            ClusterView view = cluster.view(deadline().left());
            view.unreadable().forEach(u -> say("warning: left out, because it can't be read: " + u.path()));
            if (output() == OutputFormat.JSON) {
                return print(new Exported(view, shell().now()));
            }
            shell().out().print(SpecFile.write(new TreeMap<>(view.services()).values()));
            shell().out().flush();
            return ExitCode.DONE;
        }
    }
}
