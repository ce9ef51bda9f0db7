package io.stead.it.bench;

import io.stead.it.cluster.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real ensemble of three servers, three agents and one service that writes down when its start command runs. */
final class Trial implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String stead =
            Path.of(System.getProperty("stead.home", "."), "bin", "stead").toString();
    private final Path directory;
    private final Servers servers = new Servers();
    private final String connect;
    private final Map<String, Process> agents = new TreeMap<>();

    Trial() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("stead-bench");
        servers.awaitServing();
        connect = servers.connect() + "/bench-" + ProcessHandle.current().pid();
        Path actions = Files.createDirectories(directory.resolve("actions"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        action(
                actions.resolve("mark-start"),
                "echo \"$STEAD_NODE $(date +%s%N)\" >> " + starts() + "\nsleep 100000 &\n");
        Files.createFile(starts());
        Files.writeString(
                directory.resolve("spec.yaml"),
                "kind: service\nname: mark\nactions:\n  start: {run: mark-start, timeout: 10s}\n");
        cli("init", "--name", "bench", "--credentials-dir", directory.toString());
        for (String node : List.of("n1", "n2", "n3")) {
            start(node);
        }
        await("three nodes join", () -> agents.keySet().stream().allMatch(this::joined));
        cli("apply", "-f", directory.resolve("spec.yaml").toString());
        await("the service starts", () -> lines().size() == 1);
    }

    private static void action(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path starts() {
        return directory.resolve("starts");
    }

    /** {@code NODE NANOSECONDS} for each start command that ran, oldest first. */
    List<String> lines() {
        try {
            return Files.readAllLines(starts());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid(String node) {
        return process(node).pid();
    }

    private Process process(String node) {
        Process process = agents.get(node);
        if (process == null) {
            throw new IllegalArgumentException("no agent " + node);
        }
        return process;
    }

    /** Where the node keeps what a hung disk must not hold up. */
    Path volatileDirectory(String node) {
        return Path.of("/run/stead", connect.substring(connect.lastIndexOf('/') + 1) + "." + node);
    }

    /** Starts another agent that takes over from the present one, and returns that. */
    Process replace(String node) throws IOException {
        Process old = process(node);
        start(node, "--replace");
        return old;
    }

    /** When the present process of the agent has said this. */
    Instant saidAt(String node, String words) throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve(node + ".log"))) {
            return lines.filter(line -> line.contains(words))
                    .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(node + " has not said " + words));
        }
    }

    void start(String node, String... more) throws IOException {
        Path log = directory.resolve(node + ".log");
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of(
                stead,
                "agent",
                "--zk",
                connect,
                "--node",
                node,
                "--data-dir",
                directory.resolve(node).toString(),
                "--actions-dir",
                directory.resolve("actions").toString(),
                "--credentials",
                directory.resolve("agent.credentials").toString(),
                "--with-parent",
                Long.toString(ProcessHandle.current().pid())));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("STEAD_NO_BUILD", "1");
        agents.put(
                node,
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
    }

    void kill(String node) throws InterruptedException {
        process(node).destroyForcibly().waitFor();
    }

    void signal(String node, String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid(node)))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + signal + " of " + node + " failed");
        }
    }

    boolean joined(String node) {
        return lives(node) > 0;
    }

    /** How often the present process of the agent has joined. */
    long lives(String node) {
        Path log = directory.resolve(node + ".log");
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("member=yes")).count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a verb and returns its output; a verb that fails ends the benchmark. */
    String cli(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(stead));
        command.addAll(List.of(arguments));
        if (!List.of(arguments).contains("--help")) {
            command.addAll(List.of("--zk", connect));
            if (!arguments[0].equals("init")) {
                command.addAll(List.of(
                        "--credentials",
                        directory.resolve("operator.credentials").toString()));
            }
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STEAD_NO_BUILD", "1");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + out);
        }
        return out;
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @Override
    public void close() throws IOException {
        for (Process agent : agents.values()) {
            agent.destroy();
        }
        for (Process agent : agents.values()) {
            var _ = agent.onExit()
                    .completeOnTimeout(agent, 20, TimeUnit.SECONDS)
                    .join();
            agent.destroyForcibly();
        }
        servers.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
