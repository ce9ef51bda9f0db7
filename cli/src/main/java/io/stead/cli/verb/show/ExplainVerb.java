package io.stead.cli.verb.show;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Outlook;
import io.stead.cli.explain.NodeExplained;
import io.stead.cli.explain.ServiceExplained;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Text;
import io.stead.model.view.ClusterView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** C6: why a resource is where it is, and why not elsewhere. */
@Command(
        name = "explain",
        description =
                "Explains why a service is where it is, and why not elsewhere, node by node; or what a node runs, "
                        + "and why it can or can't take the rest.")
public final class ExplainVerb extends ClusterVerb {
    private static final String SERVICE = "service/";
    private static final String NODE = "node/";

    @Parameters(
            paramLabel = "RESOURCE",
            description = "A service or a node: NAME, or service/NAME or node/NAME where both have it.")
    private String resource = "";

    public ExplainVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        try (Cluster cluster = open()) {
            Outlook now = look(cluster);
            boolean service = !resource.startsWith(NODE) && isService(bare(SERVICE), now.view());
            boolean node = !resource.startsWith(SERVICE) && isNode(bare(NODE), now.view());
            if (service && node) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "%s is a service and a node: say service/%s or node/%s"
                                .formatted(resource, resource, resource));
            }
            if (service) {
                return print(new ServiceExplained(
                        new ServiceName(bare(SERVICE)),
                        now,
                        cluster.history(Cluster.BEGINNING, deadline().left())));
            }
            if (node) {
                return print(new NodeExplained(new NodeId(bare(NODE)), now));
            }
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "no service or node " + Text.quoted(resource) + ": see `stead services` and `stead nodes`");
        }
    }

    private String bare(String prefix) {
        return resource.startsWith(prefix) ? resource.substring(prefix.length()) : resource;
    }

    private static boolean isService(String name, ClusterView view) {
        return view.services().keySet().stream().anyMatch(s -> s.value().equals(name))
                || view.unreadable().stream()
                        .anyMatch(u ->
                                u.service().filter(s -> s.value().equals(name)).isPresent())
                || view.assignments().values().stream()
                        .anyMatch(a ->
                                a.service().value().equals(name) && !a.owners().isEmpty());
    }

    private static boolean isNode(String name, ClusterView view) {
        return view.members().keySet().stream().anyMatch(n -> n.value().equals(name))
                || view.membership().states().keySet().stream()
                        .anyMatch(n -> n.value().equals(name));
    }
}
