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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is wanted, and with {@code -o json} what is, too. */
@Command(
        name = "export",
        defaultValueProvider = ExportVerb.YamlByDefault.class,
        description = "Writes the specs, as YAML that `stead apply` reads; with -o json the specs and the present "
                + "state, for `stead simulate --state`.")
public final class ExportVerb extends ClusterVerb {
    /** Specs have no table. */
    static final class YamlByDefault implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec arg) {
            return arg instanceof OptionSpec option && option.longestName().equals("--output") ? "yaml" : null;
        }
    }

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
