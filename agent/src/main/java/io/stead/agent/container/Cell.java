package io.stead.agent.container;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The processes of one run of one verb, with whatever they have started: for {@code start}, what remains is the service.
 * A cell is a name for what the kernel knows, not a copy of it: two objects of the same name see the same processes.
 */
public sealed interface Cell permits Cgroup, ProcessGroup {
    /**
     * Readies the cell for a run.
     *
     * @param cookie random, the value of STEAD_COOKIE in the run's environment
     */
    void open(String cookie) throws IOException;

    /** The living processes, ascending; zombies don't live. */
    List<Long> pids() throws IOException;

    boolean isEmpty() throws IOException;

    /** Asks every process to end (SIGTERM), once. */
    void terminate() throws IOException;

    /** Kills until nothing is left or {@code limit} has passed. */
    Killed kill(Duration limit) throws IOException, InterruptedException;

    /** Forgets the cell; false, and nothing done, while something lives in it. */
    boolean remove() throws IOException;

    /** How the launcher enters the cell and the warden kills it: {@code cgroup} or {@code group}, and a path. */
    String kind();

    /** The cgroup's directory, or the file that records the process group. */
    String path();
}
