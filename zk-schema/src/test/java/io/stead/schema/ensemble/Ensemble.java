package io.stead.schema.ensemble;

import static org.awaitility.Awaitility.await;

import io.stead.schema.server.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A ZooKeeper ensemble for tests: servers as {@code stead zookeeper} runs them, on free loopback ports, with data in a temporary
 * directory. Servers are named by their index from 0. Prints nothing; each server's log is in {@link #log}. Nothing is left
 * behind, even when the JVM of the test is killed.
 */
public final class Ensemble implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final Guardian guardian;
    private final List<Member> members = new ArrayList<>();

    private static final class Member {
        private final int clientPort;
        private final Path config;
        private final Path log;
        private Process process;

        private Member(int clientPort, Path config, Path log, Process process) {
            this.clientPort = clientPort;
            this.config = config;
            this.log = log;
            this.process = process;
        }
    }

    private Ensemble(Path directory) {
        this.directory = directory;
        this.guardian = new Guardian(directory);
    }

    /** Starts servers with Stead's defaults and waits until they serve; one alone is a standalone server. */
    public static Ensemble start(int servers) {
        return start(servers, Duration.ofMillis(200));
    }

    /** The same with another tickTime. */
    public static Ensemble start(int servers, Duration tick) {
        try {
            Ensemble ensemble = new Ensemble(Files.createTempDirectory("stead-zookeeper"));
            ensemble.startAll(servers, tick);
            return ensemble;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connect string of all servers, without a chroot. */
    public String connect() {
        return IntStream.range(0, size()).mapToObj(this::connect).collect(Collectors.joining(","));
    }

    /** A connect string of one server. */
    public String connect(int server) {
        return "127.0.0.1:" + port(server);
    }

    public int port(int server) {
        return members.get(server).clientPort;
    }

    public int size() {
        return members.size();
    }

    /** The server that leads. */
    public int leader() {
        return find("leader").orElseThrow(() -> new IllegalStateException("nobody leads"));
    }

    /** A server that follows. */
    public int follower() {
        return find("follower").orElseThrow(() -> new IllegalStateException("nobody follows"));
    }

    /** Stops a server where it stands; its connections stay open and silent. */
    public void freeze(int server) {
        JavaProcess.freeze(members.get(server).process);
    }

    public void thaw(int server) {
        JavaProcess.thaw(members.get(server).process);
    }

    /** Kills a server without warning. */
    public void kill(int server) {
        Member member = members.get(server);
        member.process.destroyForcibly().onExit().join();
        guardian.forget(member.process);
    }

    /** Starts a killed server again, with the data that it had; see {@link #awaitServing}. */
    public void restart(int server) {
        Member member = members.get(server);
        member.process = launch(member.config, member.log);
    }

    /** Starts a killed server so that it finds none of the others: it listens to clients, and serves nobody. */
    public void restartAlone(int server) {
        Member member = members.get(server);
        Path alone = member.config.resolveSibling("alone-" + server + ".cfg");
        try {
            Files.writeString(
                    alone,
                    Files.readString(member.config)
                            .replaceAll("(?m)^(server\\.(?!%d=)\\d+=127\\.0\\.0\\.)1:".formatted(server + 1), "$19:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        member.process = launch(alone, member.log);
    }

    /** Waits until every server that was not killed leads, follows or stands alone. */
    public void awaitServing() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> IntStream.range(0, size())
                        .filter(i -> members.get(i).process.isAlive())
                        .allMatch(i -> ask(i, "srvr").contains("Mode: ")));
    }

    /** A server's answer to a four-letter word; empty if it doesn't answer. */
    public String ask(int server, String word) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(server)), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Not serving, or frozen: that is the answer.
            return "";
        }
    }

    /** What a server has logged, for a failing test to show. */
    public String log(int server) {
        try {
            return Files.readString(members.get(server).log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server's process id. */
    public long pid(int server) {
        return members.get(server).process.pid();
    }

    /** Where the servers keep their data; removed in the end. */
    Path directory() {
        return directory;
    }

    /** Has another process of the test killed with the servers. */
    public void guard(Process process) {
        guardian.watch(process);
    }

    @Override
    public void close() {
        guardian.close();
    }

    private void startAll(int servers, Duration tick) throws IOException {
        List<Integer> ports = freePorts(servers * 3);
        StringBuilder peers = new StringBuilder();
        for (int i = 0; servers > 1 && i < servers; i++) {
            peers.append("server.%d=127.0.0.1:%d:%d;127.0.0.1:%d%n"
                    .formatted(i + 1, ports.get(servers + 2 * i), ports.get(servers + 2 * i + 1), ports.get(i)));
        }
        for (int i = 0; i < servers; i++) {
            Path config = Files.writeString(
                    directory.resolve("server-" + i + ".cfg"),
                    "dataDir=%s%nmyid=%d%nclientPort=%d%nclientPortAddress=127.0.0.1%ntickTime=%d%nforceSync=no%n%s"
                            .formatted(directory.resolve("data-" + i), i + 1, ports.get(i), tick.toMillis(), peers));
            Path log = directory.resolve("server-" + i + ".log");
            members.add(new Member(ports.get(i), config, log, launch(config, log)));
        }
        awaitServing();
    }

    private Process launch(Path config, Path log) {
        File out = log.toFile();
        try {
            Process process = new ProcessBuilder(
                            JavaProcess.command(Main.class.getName(), "--config", config.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
                    .start();
            guardian.watch(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OptionalInt find(String mode) {
        return IntStream.range(0, size())
                .filter(i -> ask(i, "srvr").contains("Mode: " + mode))
                .findFirst();
    }

    /** Ports that are free now; all are held until the last one is known, so that they differ. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
