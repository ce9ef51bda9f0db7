package io.stead.agent.warden;

import io.stead.agent.container.Containers;
import io.stead.agent.container.Grounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An agent's part in a process of its own, to be killed while its warden watches. */
final class DoomedAgent {
    private DoomedAgent() {}

    /** Arguments: the warden's directory, the containers' name, milliseconds until the deadline. */
    public static void main(String[] args) throws Exception {
        Containers containers = Grounds.named(args[1]);
        Warden warden = Warden.startOrAdopt(Path.of(args[0]), containers);
        long end =
                System.nanoTime() + Duration.ofMillis(Long.parseLong(args[2])).toNanos();
        warden.moveDeadline(end);
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO)));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
