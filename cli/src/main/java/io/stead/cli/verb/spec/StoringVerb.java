package io.stead.cli.verb.spec;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.verb.Asking;
import io.stead.cli.verb.Surroundings;
import io.stead.cli.verb.Verb;
import io.stead.model.NodeId;
import io.stead.model.view.ClusterView;
import io.stead.schema.spec.Checked;
import io.stead.schema.spec.Located;
import io.stead.schema.spec.SpecFile;
import io.stead.schema.yaml.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** A verb that stores specs from files, all of them or none. */
abstract class StoringVerb extends Verb {
    @Option(names = "--wait", description = "Wait until every service of them is in its place.")
    private boolean wait;

    StoringVerb(Surroundings surroundings) {
        super(surroundings);
    }

    abstract SpecFiles.Specs read();

    @Override
    protected final ExitCode run() {
        SpecFiles.Specs read = read();
        tell(read.warnings(), "warning: ");
        if (!read.problems().isEmpty()) {
            tell(read.problems(), "");
            return ExitCode.USAGE;
        }
        try (Cluster cluster = open()) {
            ClusterView before = cluster.view();
            Checked checked = SpecFile.check(read.specs(), before.services(), nodes(before));
            tell(checked.warnings(), "warning: ");
            if (!checked.problems().isEmpty()) {
                tell(checked.problems(), "");
                return ExitCode.REFUSED;
            }
            return print(store(cluster, before, read));
        }
    }

    private Applied store(Cluster cluster, ClusterView before, SpecFiles.Specs read) {
        Applied applied = Applied.of(read.specs().stream().map(Located::value).toList(), before.services());
        if (!applied.toWrite().isEmpty()) {
            cluster.write(applied.toWrite(), Set.of());
        }
        if (!wait || applied.specs().isEmpty()) {
            return applied;
        }
        Asking asking = new Asking(cluster, shell(), deadline());
        return applied.withPlaced(asking.await(new Goal.Placed(applied.names()), before));
    }

    private static Set<NodeId> nodes(ClusterView view) {
        Set<NodeId> nodes = new HashSet<>(view.members().keySet());
        nodes.addAll(view.membership().states().keySet());
        return nodes;
    }

    private void tell(List<Problem> problems, String prefix) {
        problems.forEach(p -> say(prefix + p));
    }
}
