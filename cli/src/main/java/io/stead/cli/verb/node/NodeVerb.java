package io.stead.cli.verb.node;

import io.stead.cli.shell.NodeConverter;
import io.stead.cli.verb.ChangeVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.member.MemberState;
import io.stead.model.view.ClusterView;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** A verb about one node. */
abstract class NodeVerb extends ChangeVerb {
    @Parameters(
            paramLabel = "NODE",
            converter = NodeConverter.class,
            description = "The node's name; see `stead nodes`.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private NodeId node;

    NodeVerb(Surroundings surroundings) {
        super(surroundings);
    }

    final NodeId node() {
        return node;
    }

    @Override
    protected final String resource() {
        return node.value();
    }

    /** The life of the node that the request is about. */
    final Optional<Incarnation> life(ClusterView before) {
        return before.membership().of(node).map(MemberState::incarnation);
    }
}
