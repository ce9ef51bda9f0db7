package io.stead.it.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/** ZooKeeper's own client, for what no tool of Stead does: to damage znodes, and to see one go at the moment it goes. */
public final class RawZooKeeper implements AutoCloseable {
    private static final int SESSION_MILLIS = 10_000;
    private static final int PATIENCE_SECONDS = 30;

    private final ZooKeeper client;

    /** @param credentials a file that {@code stead init} wrote */
    RawZooKeeper(String connect, Path credentials) {
        CountDownLatch connected = new CountDownLatch(1);
        try (Reader text = Files.newBufferedReader(credentials)) {
            Properties role = new Properties();
            role.load(text);
            client = new ZooKeeper(connect, SESSION_MILLIS, event -> {
                if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                    connected.countDown();
                }
            });
            String digest = role.getProperty("user") + ":" + role.getProperty("password");
            client.addAuthInfo("digest", digest.getBytes(StandardCharsets.UTF_8));
            await(connected, "a connection to ZooKeeper");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs something as soon as a znode is deleted; on ZooKeeper's thread. */
    public CountDownLatch onDeletion(String path, Runnable then) {
        CountDownLatch done = new CountDownLatch(1);
        doing(() -> client.addWatch(
                path,
                (WatchedEvent event) -> {
                    if (event.getType() == Watcher.Event.EventType.NodeDeleted) {
                        then.run();
                        done.countDown();
                    }
                },
                AddWatchMode.PERSISTENT));
        return done;
    }

    /** Waits until what {@link #onDeletion} was to run has run. */
    public static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain for " + what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String read(String path) {
        return new String(asking(() -> client.getData(path, false, null)), StandardCharsets.UTF_8);
    }

    public List<String> children(String path) {
        return asking(() -> client.getChildren(path, false));
    }

    /** Makes a znode that anybody may read and delete. */
    public void create(String path, String text) {
        String _ = asking(() -> client.create(
                path, text.getBytes(StandardCharsets.UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
    }

    public void delete(String path) {
        doing(() -> client.delete(path, -1));
    }

    public void write(String path, String text) {
        Stat _ = asking(() -> client.setData(path, text.getBytes(StandardCharsets.UTF_8), -1));
    }

    /**
     * Does something while a znode that we may administer says something else; afterwards it is as it was, unless its own writer
     * has written it meanwhile.
     */
    public void during(String path, UnaryOperator<String> change, Runnable deed) {
        List<ACL> acl = asking(() -> client.getACL(path, null));
        String text = read(path);
        Stat _ = asking(() -> client.setACL(path, ZooDefs.Ids.OPEN_ACL_UNSAFE, -1));
        String changed = change.apply(text);
        try {
            write(path, changed);
            Stat _ = asking(() -> client.setACL(path, acl, -1));
            deed.run();
        } finally {
            Stat _ = asking(() -> client.setACL(path, ZooDefs.Ids.OPEN_ACL_UNSAFE, -1));
            if (read(path).equals(changed)) {
                write(path, text);
            }
            Stat _ = asking(() -> client.setACL(path, acl, -1));
        }
    }

    private interface Question<T> {
        T ask() throws KeeperException, InterruptedException;
    }

    private interface Deed {
        void act() throws KeeperException, InterruptedException;
    }

    private static <T> T asking(Question<T> question) {
        try {
            return question.ask();
        } catch (KeeperException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void doing(Deed deed) {
        Boolean _ = asking(() -> {
            deed.act();
            return Boolean.TRUE;
        });
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
