package io.stead.schema.session;

import io.stead.schema.servers.Voters;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Connection;
import io.stead.schema.znode.Znodes;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/**
 * Exactly one ZooKeeper session: asked for, or gone on with from an earlier process. When it is over this object is over; no
 * other session takes its place unnoticed, because a node's life is its session (design.md §4).
 *
 * <p>Being connected permits nothing; only the lease does. What the client declares expired by itself is tried again
 * with the same session, and only a server's refusal ends it (protocols.md, "ZooKeeper outage").
 *
 * <p>Safe on any thread. Signals come on ZooKeeper's event thread.
 */
public final class Session implements AutoCloseable {
    /** Only for Curator's own recipes; nothing of ours is repeated blindly. */
    private static final RetryPolicy RECIPE_RETRIES = new ExponentialBackoffRetry(100, 5);

    private final Settings settings;
    private final CuratorFramework curator;
    private final SessionKeeper keeper;
    private final List<InetSocketAddress> servers;
    private final List<Runnable> stateSignals = new CopyOnWriteArrayList<>();
    private final List<Runnable> connectSignals = new CopyOnWriteArrayList<>();
    private final CountDownLatch established = new CountDownLatch(1);
    private final Znodes znodes;

    private final Object lock = new Object();
    private SessionState state = new SessionState.Connecting();
    private @Nullable Handle handle;
    private Optional<SavedSession> known;
    private long connections;
    private volatile Optional<Voters> voters = Optional.empty();

    /**
     * What to open.
     *
     * @param connect {@code host:port,…/chroot}
     * @param timeout asked for; the ensemble may grant another
     * @param resume the session to go on with
     */
    public record Settings(String connect, Duration timeout, Credentials credentials, Optional<SavedSession> resume) {
        /** A connect string that can't be understood is an {@link IllegalArgumentException}. */
        public Settings {
            if (new ConnectStringParser(connect).getServerAddresses().isEmpty()) {
                throw new IllegalArgumentException("no ZooKeeper server in \"" + connect + "\"");
            }
        }
    }

    private Session(Settings settings) {
        this.settings = settings;
        this.known = settings.resume();
        Acls acls = new Acls(settings.credentials());
        this.znodes = new ZooKeeperZnodes(this, acls);
        HandleFactory handles = new HandleFactory(this, settings.credentials());
        this.servers = List.copyOf(new ConnectStringParser(settings.connect()).getServerAddresses());
        this.keeper = new SessionKeeper(this, handles, servers);
        this.curator = CuratorFrameworkFactory.builder()
                // An interruption deposes nobody: each transaction of a leader checks the epoch.
                .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
                .connectString(settings.connect())
                .sessionTimeoutMs(Math.toIntExact(settings.timeout().toMillis()))
                .connectionTimeoutMs(Math.toIntExact(settings.timeout().toMillis()))
                .retryPolicy(RECIPE_RETRIES)
                .zookeeperFactory(handles)
                .aclProvider(latchAcls(acls))
                .ensembleTracker(false)
                .dontUseContainerParents()
                .build();
    }

    /** Begins to connect, and returns at once. */
    public static Session open(Settings settings) {
        Session session = new Session(settings);
        session.curator.start();
        session.keeper.start();
        return session;
    }

    /** The state after the first connect or the session's end, or at the end of the time. */
    public SessionState awaitEstablished(Duration atMost) throws InterruptedException {
        // Whichever it is, the state tells.
        var _ = established.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        return state();
    }

    public SessionState state() {
        synchronized (lock) {
            return state;
        }
    }

    /** The session's id, by which the node's present life is named; 0 before the first connect. */
    public long id() {
        return saved().map(SavedSession::id).orElse(0L);
    }

    /** The smallest time-out this session was ever granted (T); what was asked for before the first connect. */
    public Duration timeout() {
        return saved().map(SavedSession::timeout).orElse(settings.timeout());
    }

    /** What another process needs to go on with this session; empty before the first connect. */
    public Optional<SavedSession> saved() {
        synchronized (lock) {
            Handle h = handle;
            return known.map(s -> h == null ? s : newest(s, h));
        }
    }

    public Znodes znodes() {
        return znodes;
    }

    /** Calls at every change of the state; the signal must not block, and may come once for several changes. */
    public void onChange(Runnable signal) {
        stateSignals.add(signal);
    }

    /** Ends the session: its ephemeral znodes vanish at once if a server can be told. May block for the time-out. */
    @Override
    public void close() {
        // First of all, so that no other handle is made any more.
        if (become(new SessionState.Gone(SessionState.Why.CLOSED))) {
            try {
                handle().end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        curator.close();
    }

    /** Lets go of the session and leaves it to its time-out, so that another process can go on with it (C4). */
    public void abandon() {
        become(new SessionState.Gone(SessionState.Why.ABANDONED));
        curator.close();
    }

    /** The voters of the ensemble, as it said last; empty where they are not all known. */
    public Optional<Voters> voters() {
        return voters;
    }

    /** A question has not been answered for long: the server may be gone without a word, and another one reachable. */
    public void doubt() {
        keeper.doubt();
    }

    /** What was doubted is answered again. */
    public void trust() {
        keeper.trust();
    }

    /** The server that this session is connected to, while it is. */
    Optional<InetSocketAddress> server() {
        return handle().server();
    }

    CuratorFramework curator() {
        return curator;
    }

    /** The handle of the moment; there is one from {@link #open} on. */
    Handle handle() {
        synchronized (lock) {
            Handle h = handle;
            if (h == null) {
                throw new IllegalStateException("the session was not opened");
            }
            return h;
        }
    }

    /** What the handle before it was connected to counts no more; what that one has seen does. */
    void use(Handle made) {
        boolean wasConnected;
        synchronized (lock) {
            Handle before = handle;
            if (before != null) {
                known = known.map(s -> newest(s, before));
            }
            handle = made;
            wasConnected = state instanceof SessionState.Connected;
        }
        if (wasConnected) {
            become(new SessionState.Suspended(System.nanoTime()));
        }
    }

    void onConnect(Runnable signal) {
        connectSignals.add(signal);
    }

    void offConnect(Runnable signal) {
        connectSignals.remove(signal);
    }

    /** A handle's own state has changed; on its event thread. */
    void observe(Handle from, KeeperState seen, boolean connectedBefore) {
        if (!isCurrent(from)) {
            // It was let go of while it spoke.
            return;
        }
        switch (seen) {
            case SyncConnected -> connected(from);
            case Disconnected -> suspended();
            case Expired -> {
                if (from.wasRefused(connectedBefore)) {
                    over(SessionState.Why.EXPIRED);
                } else {
                    // The client's own verdict: Curator makes a new handle now, which goes on with the session.
                    suspended();
                }
            }
            case AuthFailed -> over(SessionState.Why.AUTH_FAILED);
            // Not asked for, or told by our own hand.
            case ConnectedReadOnly, SaslAuthenticated, Closed, Unknown, NoSyncConnected -> {}
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Handle from) {
        synchronized (lock) {
            return from == handle;
        }
    }

    /** Before the first connect there is nothing to suspend. */
    private void suspended() {
        if (!(state() instanceof SessionState.Connecting)) {
            become(new SessionState.Suspended(System.nanoTime()));
        }
    }

    private void connected(Handle from) {
        Connection connection;
        synchronized (lock) {
            if (!isCurrent(from)) {
                return;
            }
            Duration granted = Duration.ofMillis(from.getSessionTimeout());
            Duration smallest = known.map(SavedSession::timeout)
                    .filter(t -> t.compareTo(granted) < 0)
                    .orElse(granted);
            // A handle that has just connected has seen nothing yet, the session it goes on with may have.
            long seen = known.map(SavedSession::zxid).orElse(0L);
            known = Optional.of(
                    newest(new SavedSession(from.getSessionId(), from.passwordHex(), smallest, seen), from));
            connections++;
            connection = from.connectedAs(connections);
        }
        askForVoters(from);
        if (becomeConnected(from, connection)) {
            connectSignals.forEach(Runnable::run);
            established.countDown();
        }
    }

    private void askForVoters(Handle from) {
        from.getConfig(
                event -> {
                    if (event.getType() == Watcher.Event.EventType.NodeDataChanged && isCurrent(from)) {
                        // Until the new ones are known nothing is concluded from the old ones.
                        voters = Optional.empty();
                        askForVoters(from);
                    }
                },
                (rc, _, _, data, _) -> {
                    if (rc == KeeperException.Code.OK.intValue() && isCurrent(from)) {
                        String config = data == null ? "" : new String(data, StandardCharsets.UTF_8);
                        voters = Voters.of(config, servers);
                    }
                },
                null);
    }

    /** Asks the ensemble once more who its voters are. */
    public void askForVoters() {
        askForVoters(handle());
    }

    private void over(SessionState.Why why) {
        if (become(new SessionState.Gone(why))) {
            // Not here: Curator's threads end with it, and this is one that they wait for.
            Thread.ofVirtual().start(curator::close);
        }
    }

    /** Not by the word of a handle that was let go of meanwhile. */
    private boolean becomeConnected(Handle from, Connection connection) {
        synchronized (lock) {
            if (!isCurrent(from) || state instanceof SessionState.Gone) {
                return false;
            }
            state = new SessionState.Connected(connection);
        }
        tell();
        return true;
    }

    private void tell() {
        keeper.look();
        stateSignals.forEach(Runnable::run);
    }

    /** Returns false when the session is over already. */
    private boolean become(SessionState next) {
        synchronized (lock) {
            if (state instanceof SessionState.Gone) {
                return false;
            }
            state = next;
        }
        if (next instanceof SessionState.Gone) {
            established.countDown();
        }
        tell();
        return true;
    }

    private static SavedSession newest(SavedSession saved, Handle handle) {
        return new SavedSession(
                saved.id(), saved.passwordHex(), saved.timeout(), Math.max(saved.zxid(), handle.newestZxid()));
    }

    private static ACLProvider latchAcls(Acls acls) {
        return new ACLProvider() {
            @Override
            public List<ACL> getDefaultAcl() {
                return acls.of(Access.ANSWERS);
            }

            @Override
            public List<ACL> getAclForPath(String path) {
                return getDefaultAcl();
            }
        };
    }
}
