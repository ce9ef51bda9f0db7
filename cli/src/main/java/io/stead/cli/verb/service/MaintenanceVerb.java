package io.stead.cli.verb.service;

import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.Expiry;
import io.stead.cli.shell.ServiceConverter;
import io.stead.cli.verb.ChangeVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** C11: an operator is at work on a service, or on everything. */
@Command(
        name = "maintenance",
        description =
                "Leaves a service, or all of them, alone: nothing is started, stopped, moved or recovered, whatever"
                        + " becomes of it, until the maintenance is ended. What its node's lease is over for is stopped"
                        + " all the same. See also `stead node maintenance`.")
public final class MaintenanceVerb extends ChangeVerb {
    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private Subject subject;

    @Option(names = "--end", description = "End it.")
    private boolean end;

    @Mixin
    private final Expiry expiry = new Expiry();

    /** One of the two. */
    private static final class Subject {
        @Parameters(
                paramLabel = "SERVICE",
                converter = ServiceConverter.class,
                description = "The service's name; see `stead services`.")
        private @Nullable ServiceName service;

        @Option(names = "--cluster", description = "All services.")
        private boolean cluster;
    }

    public MaintenanceVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "maintenance";
    }

    @Override
    protected String resource() {
        return subject.service == null ? "of the cluster" : subject.service.value();
    }

    @Override
    protected Wish wish() {
        ServiceName service = subject.service;
        Maintenance.Scope scope = subject.cluster || service == null
                ? new Maintenance.Scope.Cluster()
                : new Maintenance.Scope.Service(service);
        return new Wish.Maintain(scope, !end);
    }

    @Override
    protected Optional<Instant> expires() {
        return end ? Optional.empty() : expiry.from(shell().now().wall());
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        String what = subject.service == null ? "the whole cluster" : subject.service.value();
        return new Goal.Accepted(
                end ? "the maintenance of " + what + " is over" : what + " is in maintenance, and left alone");
    }
}
