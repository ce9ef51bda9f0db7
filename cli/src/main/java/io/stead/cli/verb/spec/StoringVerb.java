package io.stead.cli.verb.spec;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Goal;
import io.stead.cli.cluster.Outlook;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.verb.Asking;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.NodeId;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.schema.spec.Checked;
import io.stead.schema.spec.Located;
import io.stead.schema.spec.SpecFile;
import io.stead.schema.yaml.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** A verb that stores specs from files, all of them or none. */
abstract class StoringVerb extends ClusterVerb {
    @Option(names = "--no-wait", description = "Be content when they are stored; don't wait for their places.")
    private boolean noWait;

    /** What is the rule now had to be asked for once. */
    @Option(names = "--wait", hidden = true)
    @SuppressWarnings("UnusedVariable")
    private boolean wait;

    StoringVerb(Surroundings surroundings) {
        super(surroundings);
    }

    abstract SpecFiles.Specs read();

    @Override
    protected final ExitCode run() {
        SpecFiles.Specs read = read();
        if (!read.problems().isEmpty()) {
            tell(read.problems(), "");
            return ExitCode.USAGE;
        }
        try (Cluster cluster = open()) {
            ClusterView before = cluster.view(deadline().left());
            Checked checked = SpecFile.check(read.specs(), before.services(), nodes(before));
            List<Problem> problems = new ArrayList<>(checked.problems());
            problems.addAll(Sizes.beyondBounds(read.specs()));
            if (!problems.isEmpty()) {
                tell(problems, "");
                return ExitCode.REFUSED;
            }
            tell(read.warnings(), "warning: ");
            tell(checked.warnings(), "warning: ");
            return store(cluster, before, read);
        }
    }

    private ExitCode store(Cluster cluster, ClusterView before, SpecFiles.Specs read) {
        Applied applied = Applied.of(read.specs().stream().map(Located::value).toList(), before.services());
        Sizes.checkTogether(applied.toWrite());
        applied.toWrite().forEach(spec -> warnOfMove(spec, before));
        if (!applied.toWrite().isEmpty()) {
            cluster.write(applied.toWrite(), Set.of(), deadline().left());
        }
        if (noWait || applied.specs().isEmpty()) {
            return print(applied);
        }
        ExitCode code;
        try {
            Asking asking = new Asking(cluster, shell(), deadline());
            code = print(applied.withPlaced(asking.await(new Goal.Placed(applied.names()), before)));
        } catch (CommandFailed e) {
            // They are stored all the same, and that is the result.
            print(applied);
            throw e;
        }
        remark(applied, cluster);
        return code;
    }

    /** The rest of a spec changes nothing of what runs. */
    private void warnOfMove(ServiceSpec spec, ClusterView before) {
        ServiceSpec stored = before.services().get(spec.name());
        boolean moves = stored != null
                && !before.assignment(spec.name()).owners().isEmpty()
                && (!stored.parent().equals(spec.parent())
                        || stored.placement().policy() != spec.placement().policy());
        if (moves) {
            say("warning: " + spec.name()
                    + ": its policy or its parent changes: what runs is stopped, and placed anew");
        }
    }

    /** What was applied and moves or changes nothing by itself. */
    private void remark(Applied applied, Cluster cluster) {
        try {
            Outlook now = Outlook.of(cluster.view(deadline().left()), shell().now());
            applied.toWrite()
                    .forEach(spec -> now.remark(spec.name())
                            .ifPresent(remark -> say("warning: " + spec.name() + ": " + remark.sentence())));
        } catch (CommandFailed e) {
            say("warning: whether what runs has its spec's actions could not be seen: " + e.getMessage());
        }
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
