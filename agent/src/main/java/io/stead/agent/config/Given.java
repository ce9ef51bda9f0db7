package io.stead.agent.config;

import io.stead.model.NodeId;
import io.stead.schema.spec.ConnectString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings that may come from more than one layer, so far as one layer gives them. */
record Given(
        Optional<ConnectString> connect,
        Optional<Duration> session,
        Optional<AgentConfig.Credentials> credentials,
        Optional<NodeId> node,
        Optional<Path> dataDir,
        Optional<Path> actionsDir,
        Optional<HostPort> http,
        Optional<Boolean> leaveOnStop) {
    static final Given NOTHING = new Given(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** This, and from the other what this leaves open. */
    Given or(Given weaker) {
        return new Given(
                connect.or(weaker::connect),
                session.or(weaker::session),
                credentials.or(weaker::credentials),
                node.or(weaker::node),
                dataDir.or(weaker::dataDir),
                actionsDir.or(weaker::actionsDir),
                http.or(weaker::http),
                leaveOnStop.or(weaker::leaveOnStop));
    }
}
