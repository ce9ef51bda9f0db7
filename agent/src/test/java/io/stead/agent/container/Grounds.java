package io.stead.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Real containers of either kind for one test, cleared of everything when it ends. */
public final class Grounds {
    public enum Kind {
        CGROUPS,
        PROCESS_GROUPS
    }

    public final Containers containers;
    private final Path cgroups;
    private final String name;

    public Grounds(Kind kind, Path directory) throws IOException {
        String node = "test-" + UUID.randomUUID();
        this.cgroups = Cgroups.mount().orElseThrow().resolve("stead").resolve(node);
        this.name = switch (kind) {
            case CGROUPS -> node;
            case PROCESS_GROUPS -> directory.resolve("groups").toString();
        };
        this.containers = named(name);
    }

    /** For another process, to find the same containers. */
    public String name() {
        return name;
    }

    public static Containers named(String name) throws IOException {
        return name.startsWith("/")
                ? ProcessGroups.in(Path.of(name))
                : Cgroups.in(Cgroups.mount().orElseThrow(), name, Path.of(System.getProperty("java.io.tmpdir"), name));
    }

    public void close() throws IOException, InterruptedException {
        for (String service : containers.services()) {
            for (String run : containers.runs(service)) {
                containers.cell(service, run).kill(Duration.ofSeconds(5));
            }
            containers.remove(service);
        }
        if (Files.isDirectory(cgroups)) {
            Cell everything = new Cgroup(cgroups);
            everything.kill(Duration.ofSeconds(5));
            everything.remove();
        }
    }
}
