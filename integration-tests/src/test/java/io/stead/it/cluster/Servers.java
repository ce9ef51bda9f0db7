package io.stead.it.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three ZooKeeper servers, each a {@code stead zookeeper --config} of its own; named by their index from 0. They have more patience
 * with one another than an ensemble that is in use: a build keeps every core busy, and elections are had when a test wants one.
 */
public final class Servers implements AutoCloseable {
    private static final int COUNT = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Map<String, String> SMALL =
            Map.of("STEAD_ZOOKEEPER_OPTS", "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    private final Undertaker undertaker = new Undertaker();
    private final List<Process> processes = new ArrayList<>();
    private final Set<Integer> frozen = new TreeSet<>();
    private final int port = Ports.row(3 * COUNT);

    /** Starts them; {@link #awaitServing} waits until they serve. */
    public Servers() {
        String peers = IntStream.range(0, COUNT)
                .mapToObj(i ->
                        "server.%d=127.0.0.1:%d:%d\n".formatted(i + 1, port + COUNT + 2 * i, port + COUNT + 2 * i + 1))
                .collect(Collectors.joining());
        for (int i = 0; i < COUNT; i++) {
            String config = """
                dataDir=%s
                myid=%d
                clientPort=%d
                clientPortAddress=127.0.0.1
                syncLimit=100
                %s\
                """.formatted(directory().resolve("data-" + i), i + 1, port + i, peers);
            try {
                Files.writeString(config(i), config);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            processes.add(launch(i));
        }
    }

    /** A connect string of all of them, without a chroot. */
    public String connect() {
        return IntStream.range(0, COUNT).mapToObj(this::connect).collect(Collectors.joining(","));
    }

    /** The same for one of them alone. */
    String connect(int server) {
        return "127.0.0.1:" + (port + server);
    }

    public int leader() {
        return find("leader");
    }

    public int follower() {
        return find("follower");
    }

    /** Kills one without warning. */
    public void kill(int server) {
        processes.get(server).destroyForcibly().onExit().join();
    }

    /** Stops one where it stands; the others go on for a while as if it were slow. */
    public void freeze(int server) {
        Distribution.freeze(processes.get(server).toHandle());
        frozen.add(server);
    }

    public void thaw(int server) {
        Distribution.thaw(processes.get(server).toHandle());
        frozen.remove(server);
    }

    /** Starts those again that were killed, with the data that they had, and waits until all serve. */
    public void revive() {
        List.copyOf(frozen).forEach(this::thaw);
        for (int i = 0; i < COUNT; i++) {
            if (!processes.get(i).isAlive()) {
                processes.set(i, launch(i));
            }
        }
        awaitServing();
    }

    /** Waits until all that were not killed lead or follow. */
    public void awaitServing() {
        await("the ZooKeeper servers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> IntStream.range(0, COUNT)
                        .filter(i -> processes.get(i).isAlive())
                        .allMatch(i -> mode(i).equals("leader") || mode(i).equals("follower")));
    }

    private Path directory() {
        return undertaker.directory();
    }

    private Path config(int server) {
        return directory().resolve("server-" + server + ".cfg");
    }

    private Process launch(int server) {
        Process process = Distribution.start(
                directory().resolve("server-" + server + ".log"),
                SMALL,
                List.of("zookeeper", "--config", config(server).toString()));
        undertaker.expect(process);
        return process;
    }

    private int find(String mode) {
        return IntStream.range(0, COUNT)
                .filter(i -> mode(i).equals(mode))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no server is the " + mode));
    }

    /** What a server says it is; empty if it does not answer or serve. */
    private String mode(int server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + server), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines()
                    .filter(line -> line.startsWith("Mode: "))
                    .map(line -> line.substring("Mode: ".length()))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            // Not there, or not serving: that is the answer.
            return "";
        }
    }

    @Override
    public void close() {
        undertaker.close();
    }
}
