package io.stead.it.cluster;

import io.stead.it.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What really is on this host: processes in cgroups and in the process table, and answers. No store is asked. Any thread. */
final class Reality {
    private static final int ANSWER_MILLIS = 500;

    private final Path mount;
    private final String cluster;
    private final Map<String, Machine> machines;

    /**
     * @param cluster the name under which the host keeps the nodes of this cluster apart from others'
     * @param machines the hosts of those nodes that have one of their own
     */
    Reality(String cluster, Map<String, Machine> machines) {
        this.mount = mount();
        this.cluster = cluster;
        this.machines = machines;
    }

    /** Where cgroups of version 2 are mounted. */
    static Path mount() {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.map(line -> line.split(" ", -1))
                    .filter(fields -> fields[2].equals("cgroup2"))
                    .map(fields -> Path.of(fields[1]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("these tests need cgroups of version 2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cgroup of all that a node's agent has started, the warden included. */
    Path cgroup(String node) {
        return mount(node).resolve("stead").resolve(cluster + "." + node);
    }

    /** Where the node's own systemd keeps the processes of its units of a service. */
    private Path slice(String node, Play play) {
        String ofNode = "stead-" + (cluster + "." + node).replace('-', ':');
        return mount(node)
                .resolve("stead.slice")
                .resolve(ofNode + ".slice")
                .resolve(ofNode + "-" + play.name().replace('-', ':') + ".slice");
    }

    private Path mount(String node) {
        Machine machine = machines.get(node);
        return machine == null ? mount : machine.cgroup();
    }

    /** Where the node keeps what a hung disk must not hold up. */
    Path volatileDirectory(String node) {
        return Path.of("/run/stead", cluster + "." + node);
    }

    /** The processes of a service on a node: its start command, and what that has left. */
    Set<Long> processes(String node, Play play) {
        Set<Long> pids =
                new TreeSet<>(in(cgroup(node).resolve("service-" + play.name()).resolve("start")));
        if (machines.containsKey(node)) {
            try (Stream<Path> units = Files.list(slice(node, play))) {
                units.filter(Files::isDirectory).forEach(unit -> pids.addAll(in(unit)));
            } catch (IOException e) {
                // It has never run, or was removed while it was read.
            }
        }
        return pids;
    }

    private static Set<Long> in(Path group) {
        try {
            Set<Long> pids = new TreeSet<>();
            for (String line : Files.readAllLines(group.resolve("cgroup.procs"))) {
                pids.add(Long.valueOf(line));
            }
            return pids;
        } catch (NoSuchFileException e) {
            return Set.of();
        } catch (IOException e) {
            // "No such device": the group was removed while it was read.
            return Set.of();
        }
    }

    /** What a node's web server answers; empty if there is none. */
    Optional<String> answer(String node, Play play) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), play.port(node)), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return said.startsWith("HTTP/1.1 200") ? said.lines().reduce((a, b) -> b) : Optional.empty();
        } catch (IOException e) {
            // Refused, reset or silent: it does not serve.
            return Optional.empty();
        }
    }

    /** The web servers of a service in the whole process table, wherever they are: a master for each. */
    List<String> servers(Play play) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                    .map(Reality::commandLine)
                    .filter(c -> c.contains("nginx: master")
                            && c.contains(play.stage().directory().toString())
                            && c.contains("/" + play.name() + "/nginx.conf"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            // It ended while we looked.
            return "";
        }
    }
}
