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

    public Grounds(Kind kind, Path directory) throws IOException {
        Path mount = Cgroups.mount().orElseThrow();
        String node = "test-" + UUID.randomUUID();
        this.cgroups = mount.resolve("stead").resolve(node);
        this.containers = switch (kind) {
            case CGROUPS -> Cgroups.in(mount, node);
            case PROCESS_GROUPS -> ProcessGroups.in(directory.resolve("groups"));
        };
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
