package io.stead.schema.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.HostProvider;
import org.apache.zookeeper.client.StaticHostProvider;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes Curator's handles, all of them for one session: the first asks for it or goes on with a saved one, each later one
 * goes on with it. When the session is over the last handle is given out again, dead as it is: there is never another
 * session. The {@link SessionKeeper} chooses the server that a later one connects to.
 */
final class HandleFactory implements ZookeeperFactory {
    private final Session session;
    private final Credentials credentials;
    private @Nullable Handle latest;
    private Optional<InetSocketAddress> target = Optional.empty();

    HandleFactory(Session session, Credentials credentials) {
        this.session = session;
        this.credentials = credentials;
    }

    @Override
    public ZooKeeper newZooKeeper(
            String connect, int timeoutMillis, Watcher watcher, boolean canBeReadOnly, ZKClientConfig config)
            throws IOException {
        return newZooKeeper(connect, timeoutMillis, watcher, canBeReadOnly);
    }

    @Override
    public synchronized ZooKeeper newZooKeeper(
            String connect, int timeoutMillis, Watcher watcher, boolean canBeReadOnly) throws IOException {
        Handle before = latest;
        if (before != null && session.state() instanceof SessionState.Gone) {
            return before;
        }
        Handle made = make(connect, timeoutMillis, new Handle.Relay(session, watcher), session.saved());
        for (Secret secret : credentials.secrets()) {
            made.addAuthInfo("digest", secret.plain().getBytes(StandardCharsets.UTF_8));
        }
        latest = made;
        session.use(made);
        made.begin();
        if (session.state() instanceof SessionState.Gone gone && gone.why() == SessionState.Why.CLOSED) {
            // It was closed while this was made, and what ended was the handle before it.
            endAside(made);
        }
        return made;
    }

    private static void endAside(Handle handle) {
        Thread.ofVirtual().name("stead-end").start(() -> {
            try {
                handle.end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The next handle connects to that server and to no other. */
    synchronized void turnTo(InetSocketAddress server) {
        target = Optional.of(server);
    }

    private Handle make(String connect, int timeoutMillis, Handle.Relay relay, Optional<SavedSession> session)
            throws IOException {
        HostProvider hosts = hosts(connect);
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        return session.isPresent()
                ? new Handle(connect, timeoutMillis, relay, session.get(), hosts, config)
                : new Handle(connect, timeoutMillis, relay, hosts, config);
    }

    private HostProvider hosts(String connect) {
        return new StaticHostProvider(target.map(List::of)
                .orElseGet(() -> List.copyOf(new ConnectStringParser(connect).getServerAddresses())));
    }
}
