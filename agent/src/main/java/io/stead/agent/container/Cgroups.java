package io.stead.agent.container;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Containers in the cgroup hierarchy of version 2, which no process can leave unless it is root and means to:
 *
 * <pre>
 *   MOUNT/stead/NODE/household                  the agent's launchers and the warden
 *                   /service-NAME/start         the start command, and then the service
 *                   /service-NAME/RUN           one for each run of stop, notify, recovery …
 * </pre>
 *
 * Processes live in leaves only, so controllers may be enabled on the way down (cgroups(7), "no internal processes").
 */
public final class Cgroups implements Containers {
    /** Before each service's name, so that none can be taken for one of the kernel's own files. */
    private static final String SERVICE = "service-";

    private final Path mount;
    private final String node;
    private final Path permits;
    private final Path top;

    private Cgroups(Path mount, String node, Path permits) throws IOException {
        this.mount = mount;
        this.node = node;
        this.permits = permits;
        this.top = Files.createDirectories(mount.resolve("stead").resolve(node));
    }

    /**
     * The containers of one node.
     *
     * @param mount where the hierarchy is, see {@link #mount}
     * @param node a name that no other agent of this host uses
     * @param permits where the permits of systemd units lie
     */
    public static Cgroups in(Path mount, String node, Path permits) throws IOException {
        return new Cgroups(mount, node, permits.toAbsolutePath());
    }

    /** Where the hierarchy of version 2 is mounted in this mount namespace; the first, if there are several. */
    public static Optional<Path> mount() throws IOException {
        try (var mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.map(line -> line.split(" ", -1))
                    .filter(fields -> fields.length > 2 && fields[2].equals("cgroup2"))
                    .map(fields -> Path.of(fields[1].replace("\\040", " ")))
                    .findFirst();
        }
    }

    /** Whether this process may make cgroups there. */
    public static boolean usable(Path mount) {
        try {
            return Files.isWritable(
                            Files.createDirectories(mount.resolve("stead")).resolve("cgroup.procs"))
                    && Files.isWritable(mount.resolve("cgroup.procs"));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean airtight() {
        return true;
    }

    @Override
    public Cell cell(String service, String run) {
        return new Cgroup(whole(service).resolve(run));
    }

    @Override
    public Set<String> runs(String service) throws IOException {
        return Files.isDirectory(whole(service)) ? directories(whole(service), "") : Set.of();
    }

    @Override
    public Set<String> services() throws IOException {
        return directories(top, SERVICE);
    }

    @Override
    public Optional<Path> household() throws IOException {
        return Optional.of(Files.createDirectories(top.resolve("household")));
    }

    @Override
    public Path whole(String service) {
        return top.resolve(SERVICE + service);
    }

    @Override
    public Optional<UnitCell> unit(String service) {
        return Optional.of(UnitCell.of(mount, node, service, permits));
    }

    @Override
    public Killed killCells(String service, Duration limit) throws IOException, InterruptedException {
        return new Cgroup(whole(service)).kill(limit);
    }

    @Override
    public boolean remove(String service) throws IOException {
        // A unit's own cgroup is systemd's to remove.
        return isEmpty(service) && new Cgroup(whole(service)).remove();
    }

    @Override
    public void dissolve() throws IOException {
        // What still lives keeps it, and the next agent finds it again.
        var _ = new Cgroup(top).remove();
    }

    private static Set<String> directories(Path parent, String prefix) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path directory : found) {
                String name = directory.getFileName().toString();
                if (name.startsWith(prefix)) {
                    names.add(name.substring(prefix.length()));
                }
            }
        }
        return names;
    }
}
