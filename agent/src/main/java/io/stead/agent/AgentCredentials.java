package io.stead.agent;

import io.stead.agent.config.AgentConfig;
import io.stead.schema.install.CredentialsFile;
import io.stead.schema.session.Credentials;
import java.io.IOException;
import java.nio.file.Files;

/** What this agent shows to ZooKeeper: the agents' common secret, and one that no other agent has. */
final class AgentCredentials {
    private AgentCredentials() {}

    static Credentials read(AgentConfig config) throws IOException {
        AgentConfig.Credentials given = config.zookeeper().credentials();
        if (!Files.exists(given.file())) {
            if (given.required()) {
                throw new IOException("no credentials at " + given.file() + ": `stead init` says where it wrote them");
            }
            return Credentials.OPEN;
        }
        String user = "stead-agent-" + config.node();
        return CredentialsFile.read(given.file())
                .withOwn(CredentialsFile.own(config.dataDir().resolve("own.credentials"), user));
    }
}
