package io.stead.agent;

import io.stead.agent.config.AgentConfig;
import io.stead.schema.install.CredentialsFile;
import io.stead.schema.session.Credentials;
import java.io.IOException;
import java.nio.file.Files;

/** What this agent shows to ZooKeeper: the agents' common secret, and one that no other agent has. */
final class AgentCredentials {
    private AgentCredentials() {}

    /** Those of the agents' role; a file that is no good is a mistake of whoever named it. */
    static Credentials ofRole(AgentConfig config) throws IOException {
        AgentConfig.Credentials given = config.zookeeper().credentials();
        if (given.namedBy().isEmpty() && !Files.exists(given.file())) {
            return Credentials.OPEN;
        }
        try {
            return CredentialsFile.read(given.file());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (" + given.shown() + ")", e);
        }
    }

    /** With the secret that only this agent has; without those of the role there is none. */
    static Credentials withOwn(Credentials role, AgentConfig config) throws IOException {
        String user = "stead-agent-" + config.node();
        return role.equals(Credentials.OPEN)
                ? role
                : role.withOwn(CredentialsFile.own(config.dataDir().resolve("own.credentials"), user));
    }
}
