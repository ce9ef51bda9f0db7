package io.stead.agent.warden;

import io.stead.agent.container.Cgroups;
import io.stead.agent.container.Containers;
import io.stead.agent.container.ProcessGroups;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An agent's part in a process of its own, to be killed while its warden watches. */
final class DoomedAgent {
    private DoomedAgent() {}

    /** Arguments: the warden's directory, a cgroup2 node's name or the groups' directory, milliseconds until the deadline. */
    public static void main(String[] args) throws Exception {
        Containers containers = args[1].startsWith("/")
                ? ProcessGroups.in(Path.of(args[1]))
                : Cgroups.in(Cgroups.mount().orElseThrow(), args[1]);
        Warden warden = Warden.startOrAdopt(Path.of(args[0]), containers);
        long end =
                System.nanoTime() + Duration.ofMillis(Long.parseLong(args[2])).toNanos();
        warden.moveDeadline(end);
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
