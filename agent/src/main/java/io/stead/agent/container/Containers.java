package io.stead.agent.container;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The containers of this host's services. A service is what remains in its container after its start command has ended
 * well; it survives the agent, and an agent that comes back finds it here again (C4).
 */
public sealed interface Containers permits Cgroups, ProcessGroups {
    /** The cell of the start command and of the service that it leaves behind. */
    String START = "start";

    /**
     * Cgroups where this host lets the agent make them, else process groups recorded under {@code dataDirectory}.
     *
     * @param permits where the permits of systemd units lie: a directory that is gone after a boot
     */
    static Containers ofHost(Path dataDirectory, Path permits, String node) throws IOException {
        Optional<Path> mount = Cgroups.mount();
        if (mount.isPresent() && Cgroups.usable(mount.get())) {
            return Cgroups.in(mount.get(), node, permits);
        }
        return ProcessGroups.in(dataDirectory.resolve("groups"));
    }

    /** Whether nothing that a service starts can leave its container; without this, exclusive services are a risk. */
    boolean airtight();

    /**
     * One run's cell within a service's container.
     *
     * @param run {@link #START}, or a name for another run: letters, digits, dashes
     */
    Cell cell(String service, String run);

    /** The cells of a service that exist, by the run's name. */
    Set<String> runs(String service) throws IOException;

    /** The services with a container, alive or not: what a restarted agent has to look at. */
    Set<String> services() throws IOException;

    /** The cgroup for what the agent starts for itself (launchers, the warden); empty without cgroups. */
    Optional<Path> household() throws IOException;

    /** Where the warden finds all cells of a service: a cgroup, or a directory of records. */
    Path whole(String service);

    /** Where a systemd unit lives that is the service, or would if it were one; empty where none can be watched. */
    Optional<UnitCell> unit(String service);

    /** The processes of the service itself, ascending. */
    default List<Long> pids(String service) throws IOException {
        List<Long> pids = new ArrayList<>(cell(service, START).pids());
        Optional<UnitCell> unit = unit(service);
        if (unit.isPresent()) {
            pids.addAll(unit.get().pids());
        }
        return pids.stream().sorted().toList();
    }

    default boolean isEmpty(String service) throws IOException {
        Optional<UnitCell> unit = unit(service);
        return cell(service, START).isEmpty() && (unit.isEmpty() || unit.get().isEmpty());
    }

    /** Kills the service itself; its stop or notify command, if one runs, has a cell of its own. */
    default Killed kill(String service, Duration limit) throws IOException, InterruptedException {
        return cell(service, START).kill(limit).and(killUnit(service, limit));
    }

    /** Kills the service and whatever runs for it, in all its cells. */
    default Killed killAll(String service, Duration limit) throws IOException, InterruptedException {
        return killCells(service, limit).and(killUnit(service, limit));
    }

    /** All cells, but for that of a systemd unit. */
    Killed killCells(String service, Duration limit) throws IOException, InterruptedException;

    private Killed killUnit(String service, Duration limit) throws IOException, InterruptedException {
        Optional<UnitCell> unit = unit(service);
        return unit.isEmpty() ? new Killed.Ended() : unit.get().kill(limit);
    }

    /** Takes away what was made for all services together, where nothing of it lives any more. */
    void dissolve() throws IOException;

    /** Forgets a service with all its cells; false, and what still lives is kept, if something does. */
    boolean remove(String service) throws IOException;
}
