package io.stead.agent.container;

import io.stead.agent.disk.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a service lives that is a systemd unit (C10): systemd makes the cgroup, for a slice of this service's own, so
 * that it is known before the unit starts. The unit has the permit's file as a condition: while that is empty or absent
 * nothing starts it, neither a dependency nor {@code Restart=}.
 *
 * @param slice the slice's name
 * @param permits where the permits of this node lie
 * @param cgroup the slice's
 */
public record UnitCell(String service, String slice, Path permits, Path cgroup) {
    /** So long after a kill a process may come: of a start that was past its condition, or of {@code ExecStopPost=}. */
    private static final Duration LATECOMERS = Duration.ofMillis(100);

    private static final String SUFFIX = ".slice";

    /** {@code -} leads from a slice to the next one below it; {@code :} is in no node's and no service's name. */
    static UnitCell of(Path mount, String node, String service, Path permits) {
        String ofNode = "stead-" + node.replace('-', ':');
        String slice = ofNode + "-" + service.replace('-', ':') + SUFFIX;
        return new UnitCell(
                service,
                slice,
                permits,
                mount.resolve("stead" + SUFFIX).resolve(ofNode + SUFFIX).resolve(slice));
    }

    /** The file that permits the unit to start; {@code unit.sh} fills it before it starts the unit. */
    public Path permit() {
        return permits.resolve(service);
    }

    /** Makes room for the permit. */
    public void open() throws IOException {
        PrivateDirectory.at(permits);
    }

    List<Long> pids() throws IOException {
        return group().pids();
    }

    boolean isEmpty() throws IOException {
        return group().isEmpty();
    }

    /** Withdraws the permit, then kills until nothing is left and nothing comes. */
    Killed kill(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        boolean mayCome = withdraw();
        Killed killed = group().kill(limit);
        while (mayCome && killed instanceof Killed.Ended) {
            TimeUnit.NANOSECONDS.sleep(LATECOMERS.toNanos());
            mayCome = !isEmpty();
            killed = group().kill(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return killed;
    }

    private boolean withdraw() throws IOException {
        boolean isGiven = Files.exists(permit()) && Files.size(permit()) > 0;
        if (isGiven) {
            Files.write(permit(), new byte[0], StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
        return isGiven;
    }

    private Cgroup group() {
        return new Cgroup(cgroup);
    }
}
