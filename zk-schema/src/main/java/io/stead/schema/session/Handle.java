package io.stead.schema.session;

import io.stead.schema.znode.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.Testable;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.HostProvider;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * ZooKeeper's client with what the session keeper needs to reach inside it: letting go of a session without ending it, the
 * addresses of the connection, the newest transaction seen.
 */
final class Handle extends ZooKeeper {
    private final long madeNanos;
    private final int askedMillis;
    private final Relay relay;
    private volatile Connection connection;

    /** A handle that asks for a new session. */
    Handle(String connect, int timeoutMillis, Relay relay, HostProvider hosts, ZKClientConfig config)
            throws IOException {
        long nowNanos = System.nanoTime();
        this.madeNanos = nowNanos;
        this.askedMillis = timeoutMillis;
        this.relay = relay;
        this.connection = new Connection(0, nowNanos, "", "");
        super(connect, timeoutMillis, relay, false, hosts, config);
    }

    /** A handle that goes on with a session. */
    Handle(
            String connect,
            int timeoutMillis,
            Relay relay,
            SavedSession session,
            HostProvider hosts,
            ZKClientConfig config)
            throws IOException {
        long nowNanos = System.nanoTime();
        this.madeNanos = nowNanos;
        this.askedMillis = timeoutMillis;
        this.relay = relay;
        this.connection = new Connection(0, nowNanos, "", "");
        super(connect, timeoutMillis, relay, session.id(), session.password(), false, hosts, config);
    }

    /** Monotonic time before the handle asked for anything. */
    long madeNanos() {
        return madeNanos;
    }

    long newestZxid() {
        return cnxn.getLastZxid();
    }

    String passwordHex() {
        return HexFormat.of().formatHex(getSessionPasswd());
    }

    /**
     * The connection that this handle's answers come over now, number 0 before the first: exact on its event thread, where a
     * connect stands between the answers of two connections.
     */
    Connection connection() {
        return connection;
    }

    Connection connectedAs(long number) {
        connection = new Connection(
                number, madeNanos, text(testableLocalSocketAddress()), text(testableRemoteSocketAddress()));
        return connection;
    }

    /**
     * Whether the event "expired" is a server's refusal. The client also raises it by itself, when it has heard nothing for
     * 4/3 of the time-out, while the session may live: that is no verdict. A refused handle has no time-out any more; one that
     * never had any was refused if it says so before it could have given up.
     *
     * @param connected whether this handle ever was
     */
    boolean wasRefused(boolean connected) {
        // Well before it could have: its clock is not read when ours is.
        return getSessionTimeout() <= 0 && (connected || System.nanoTime() - madeNanos < askedMillis * 1_000_000L);
    }

    /** From here on its events are told: it is the session's handle now. */
    void begin() {
        relay.handle.complete(this);
    }

    /** Lets go of the session without ending it. Whoever thought it connected is told that it is not. */
    void abandon() {
        relay.cut();
        // Disconnecting waits for the client's own thread, which may be asleep for a second before its next attempt. It
        // is
        // told not to make it, and that is all that is waited for.
        Thread.ofPlatform().daemon().name("stead-abandon").start(cnxn::disconnect);
        while (getState().isAlive()) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** The server's end of the connection, while there is one. */
    Optional<InetSocketAddress> server() {
        return testableRemoteSocketAddress() instanceof InetSocketAddress address
                ? Optional.of(address)
                : Optional.empty();
    }

    /** Ends the session, if a server can still be told. */
    void end() throws InterruptedException {
        relay.isMuted = true;
        super.close();
    }

    /** Curator closes a handle in order to make another; the session is to live on. */
    @Override
    public synchronized void close() {
        if (getState().isAlive()) {
            abandon();
        }
    }

    /** Curator's guess by the wall clock that the session must be over; it is no verdict either. */
    @Override
    public Testable getTestable() {
        Testable real = super.getTestable();
        return new Testable() {
            @Override
            public void injectSessionExpiration() {}

            @Override
            public void queueEvent(WatchedEvent event) {
                real.queueEvent(event);
            }
        };
    }

    private static String text(@Nullable SocketAddress address) {
        return address == null ? "" : address.toString();
    }

    /** Brings a handle's events to the session first, then to Curator, and none of a handle that was let go of. */
    static final class Relay implements Watcher {
        private final Session session;
        private final Watcher curator;
        private final CompletableFuture<Handle> handle = new CompletableFuture<>();
        private volatile boolean isMuted;
        /** Whether this handle ever was. */
        private volatile boolean connected;

        private volatile boolean connectedNow;

        Relay(Session session, Watcher curator) {
            this.session = session;
            this.curator = curator;
        }

        /** Passes nothing on any more. */
        void cut() {
            if (connectedNow && !isMuted) {
                process(new WatchedEvent(Event.EventType.None, Event.KeeperState.Disconnected, null));
            }
            isMuted = true;
        }

        @Override
        public void process(WatchedEvent event) {
            // The first events may come while it is still being made.
            Handle mine = handle.join();
            if (isMuted) {
                return;
            }
            if (event.getType() == Event.EventType.None) {
                connectedNow = event.getState() == Event.KeeperState.SyncConnected;
                connected |= connectedNow;
                session.observe(mine, event.getState(), connected);
            }
            curator.process(event);
        }
    }
}
