package io.stead.it.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A host with a systemd of its own; what makes it is {@code machine.sh}. It shares some directories, and the network. */
public final class Machine {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Path cgroup;
    private final ProcessHandle leader;

    private Machine(String name, Path cgroup, ProcessHandle leader) {
        this.name = name;
        this.cgroup = cgroup;
        this.leader = leader;
    }

    /**
     * Boots it, and waits until it is up.
     *
     * @param directory for what belongs to it alone
     * @param shared directories that it shares with this host, at the same place
     * @param readOnly those of which it may only read
     * @param expect told of each cgroup before it is made, with a directory that goes with it: to take both away in the end
     */
    public static Machine boot(
            String name, Path directory, List<Path> shared, List<Path> readOnly, BiConsumer<Path, Path> expect) {
        List<Path> hierarchies = Stream.of("cgroup2", "name=systemd")
                .flatMap(kind -> mount(kind).stream())
                .toList();
        assertThat(hierarchies)
                .as("mounts of cgroup version 2, which systemd needs")
                .isNotEmpty();
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script(), "machine.sh", name));
        try {
            command.add(Files.createDirectories(directory.resolve("root")).toString());
            for (Path hierarchy : hierarchies) {
                expect.accept(hierarchy.resolve(name), directory);
                command.add(hierarchy.resolve(name).toString());
            }
            command.add("--");
            shared.forEach(path -> command.add("--bind=" + path));
            readOnly.forEach(path -> command.add("--bind-ro=" + path));
            Path log = directory.resolve("boot.log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            await("the first process of " + name)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> isAlive(process, log) && leader(process).isPresent());
            Machine machine = new Machine(
                    name,
                    hierarchies.getFirst().resolve(name).resolve("payload"),
                    leader(process).orElseThrow());
            await(name + " is up")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isAlive(process, log)
                            && Files.exists(machine.root().resolve("run/systemd/private"))
                            && machine.run("systemctl", "is-system-running").matches("(running|degraded)\\s*"));
            return machine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Complains with its last words if it is dead. */
    private static boolean isAlive(Process process, Path log) throws IOException {
        assertThat(process.isAlive())
                .as("systemd-nspawn runs; it has said: %s", Files.readString(log))
                .isTrue();
        return true;
    }

    private static Optional<ProcessHandle> leader(Process process) {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("/systemd"))
                .findFirst();
    }

    private static Optional<Path> mount(String kind) {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.map(line -> line.split(" ", -1))
                    .filter(fields -> fields[2].equals(kind)
                            || (fields[2].equals("cgroup")
                                    && List.of(fields[3].split(",", -1)).contains(kind)))
                    .map(fields -> Path.of(fields[1]))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script() {
        try (InputStream script = Machine.class.getResourceAsStream("machine.sh")) {
            if (script == null) {
                throw new IllegalStateException("machine.sh is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words before a command that have it run there. */
    public List<String> inside() {
        return List.of("nsenter", "--target", Long.toString(leader.pid()), "--all", "--");
    }

    /** Its files, as this host sees them. */
    public Path root() {
        return Path.of("/proc", Long.toString(leader.pid()), "root");
    }

    /** Its cgroups of version 2, as this host sees them. */
    public Path cgroup() {
        return cgroup;
    }

    /** Runs a command there to its end, and returns what it has said. */
    public String run(String... command) {
        List<String> words = new ArrayList<>(inside());
        words.addAll(List.of(command));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends on %s", List.of(command), name)
                    .isTrue();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Installs a unit, as a package would: systemd does not start it. */
    public void install(String unit, String text) {
        try {
            Files.writeString(root().resolve("etc/systemd/system").resolve(unit), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("systemctl", "daemon-reload");
    }

    /** One property of a unit, as systemd has it now. */
    public String property(String unit, String property) {
        return run("systemctl", "show", "--value", "--property=" + property, "--", unit)
                .strip();
    }
}
