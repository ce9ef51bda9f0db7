package io.stead.agent;

import io.stead.agent.config.AgentConfig;
import io.stead.schema.install.Installation;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A planned restart or upgrade (C4): the new process loads beside the old one all that it will need, then has that one stop and
 * takes its places, and with them its session. Between the two nobody holds the node for some milliseconds only.
 */
final class Replacement {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofSeconds(5);

    private Replacement() {}

    /**
     * Takes over from the process that has the places.
     *
     * @return empty where it can't be told which process that is, or it does not end
     */
    static Optional<Places.Held> of(Places places, AgentConfig config, Credentials credentials)
            throws IOException, InterruptedException {
        Optional<Places.Held> free = places.hold();
        Optional<ProcessHandle> old = free.isPresent() ? Optional.empty() : places.holder();
        if (old.isEmpty()) {
            return free;
        }
        warmUp(config, credentials);
        LOG.info("replace=pid-{}", old.get().pid());
        places.announceSuccessor();
        old.get().destroy();
        return await(places);
    }

    private static Optional<Places.Held> await(Places places) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<Places.Held> held = places.hold();
        while (held.isEmpty() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(1);
            held = places.hold();
        }
        return held;
    }

    /**
     * What a process does for the first time takes it many times as long: a session of its own that says nothing, and failovers
     * in mind.
     */
    private static void warmUp(AgentConfig config, Credentials credentials) throws InterruptedException {
        Rehearsal.inMind();
        Session session = Session.open(new Session.Settings(
                config.zookeeper().connect().toString(), config.zookeeper().session(), credentials, Optional.empty()));
        var _ = session.awaitEstablished(GLANCE);
        var _ = Installation.find(session.znodes(), GLANCE);
        session.close();
    }
}
