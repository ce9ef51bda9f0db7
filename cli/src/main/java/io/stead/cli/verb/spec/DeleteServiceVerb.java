package io.stead.cli.verb.spec;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.ServiceConverter;
import io.stead.cli.verb.Asking;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.ServiceName;
import io.stead.model.check.Finding;
import io.stead.model.check.SpecChecks;
import io.stead.model.view.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes specs away; what runs of them is stopped. */
@Command(
        name = "service",
        header = "Delete services, and stop what runs of them.",
        description = "Deletes the specs of services, all of them or none, and waits until what ran of them has "
                + "stopped. A service that has children is not deleted without them.")
public final class DeleteServiceVerb extends ClusterVerb {
    @Parameters(
            arity = "1..*",
            paramLabel = "SERVICE",
            converter = ServiceConverter.class,
            description = "The services' names; see `stead services`.")
    private List<ServiceName> names = List.of();

    @Option(names = "--no-wait", description = "Don't wait until it has stopped.")
    private boolean noWait;

    public DeleteServiceVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        try (Cluster cluster = open()) {
            ClusterView before = cluster.view(deadline().left());
            Set<ServiceName> doomed = new TreeSet<>(names);
            check(doomed, before);
            cluster.write(List.of(), doomed, deadline().left());
            return print(new Deleted(doomed, noWait ? List.of() : ended(doomed, cluster, before)));
        }
    }

    private static void check(Set<ServiceName> doomed, ClusterView view) {
        for (ServiceName name : doomed) {
            boolean stored = view.services().containsKey(name)
                    || view.unreadable().stream()
                            .anyMatch(u -> u.service().filter(name::equals).isPresent());
            if (!stored) {
                throw new CommandFailed(ExitCode.NOT_FOUND, "no service " + name + ": see `stead services`");
            }
        }
        for (Finding finding : SpecChecks.deletion(doomed, view.services())) {
            throw new CommandFailed(ExitCode.REFUSED, "service " + finding.service() + ": " + finding.message());
        }
    }

    private List<String> ended(Set<ServiceName> doomed, Cluster cluster, ClusterView before) {
        Asking asking = new Asking(cluster, shell(), deadline());
        List<String> sentences = new ArrayList<>();
        doomed.forEach(name -> sentences.add(asking.await(new Goal.Ended(name), before)));
        return sentences;
    }
}
