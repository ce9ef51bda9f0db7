package io.stead.cli.verb.service;

import io.stead.cli.cluster.Goal;
import io.stead.cli.shell.NodeConverter;
import io.stead.cli.verb.Surroundings;
import io.stead.model.NodeId;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** B24: an external start, or a claim. */
@Command(
        name = "register",
        description = "Registers a service: on a node that the leader chooses, or on the one that is named. With "
                + "--started it runs there already, and its start command is not run.")
public final class RegisterVerb extends ServiceVerb {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            converter = NodeConverter.class,
            description = "The node to register it on.")
    private @Nullable NodeId node;

    @Option(names = "--started", description = "It runs there already (needs --node).")
    private boolean started;

    public RegisterVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected String word() {
        return "register";
    }

    @Override
    protected Wish wish() {
        if (started && node == null) {
            throw new ParameterException(spec.commandLine(), "--started needs --node: say where it runs");
        }
        return new Wish.Register(service(), Optional.ofNullable(node), started);
    }

    @Override
    protected Goal goal(Answer answer, ClusterView before) {
        return new Goal.Registered(
                service(), Optional.ofNullable(node), answer.generation().orElse(0L));
    }
}
