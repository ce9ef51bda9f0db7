package io.stead.agent.action;

import io.stead.agent.container.Containers;
import io.stead.agent.disk.PrivateDirectory;
import io.stead.agent.output.Outputs;
import io.stead.agent.output.Tail;
import io.stead.agent.output.Trimming;
import io.stead.agent.program.Program;
import io.stead.agent.program.Programs;
import io.stead.agent.program.Refusal;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs actions, each in a cell of its own, and tells how they ended, also to an agent that did not begin them:
 *
 * <pre>
 *   run ── refused
 *    └── launched ── ended within its time ── start and exit 0: what remains is the service
 *             │                            └─ otherwise: what remains is killed
 *             └───── too long: called off, SIGTERM to all, after a grace SIGKILL to all
 * </pre>
 *
 * Any thread; the caller sees to it that a service has one run at a time, but for events. An interrupt leaves the action
 * running, to be {@linkplain #resume resumed}.
 */
public final class ActionRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);
    private static final Duration REHEARSAL_LIMIT = Duration.ofSeconds(5);

    private final Path runs;
    private final Containers containers;
    private final Launcher launcher;
    private final Outputs outputs;
    private final Outcomes outcomes;
    private final Completion completion;
    private final Preparation preparation;
    private final Standby standby;
    private final Trimming trimming;
    private final LiveRuns live = new LiveRuns();

    /**
     * How long and how much.
     *
     * @param termGrace between SIGTERM and SIGKILL when an action takes too long
     * @param killLimit how long a kill is repeated before what remains is given up
     * @param outputBytes of one service's output that is kept
     */
    public record Limits(Duration termGrace, Duration killLimit, long outputBytes) {
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20);
    }

    /**
     * Installs the launcher and begins to watch the outputs.
     *
     * @param directory the runner's own, below the agent's data directory; made private to the agent's user
     * @param programs of this host
     * @param leaseFile where {@code exclusive} calls find the end of the lease, see the warden; empty: they don't look
     */
    public ActionRunner(
            Path directory, Programs programs, Containers containers, Optional<Path> leaseFile, Limits limits)
            throws IOException {
        Path own = PrivateDirectory.at(directory.toAbsolutePath());
        this.runs = PrivateDirectory.at(own.resolve("runs"));
        this.containers = containers;
        this.launcher = new Launcher(own, containers.household(), leaseFile.map(Path::toAbsolutePath));
        this.outputs = new Outputs(runs, limits.outputBytes());
        this.outcomes = new Outcomes(programs, outputs);
        this.completion = new Completion(containers, limits, outcomes);
        this.preparation = new Preparation(runs, programs, containers, launcher, outputs, live, completion);
        this.standby = new Standby(preparation, completion, live);
        this.trimming = new Trimming(outputs, live::services);
    }

    /**
     * Runs an action to its end. For {@link Verb#START} its cell must be empty before, and holds the service afterwards if
     * it succeeded; in every other case nothing of the run is left, save what can't be killed.
     */
    public ActionOutcome run(ActionCall call) throws InterruptedException {
        RunFiles run = files(call);
        LiveRuns.Run mine = live.begin(run.base(), call);
        try {
            Launcher.Readied readied;
            try {
                Optional<Launcher.Readied> standing = standby.take(call);
                if (standing.isEmpty()) {
                    Optional<Refusal> flaw = preparation.flaw(call);
                    if (flaw.isPresent()) {
                        return new ActionOutcome.Refused(flaw.get());
                    }
                    live.awaitOlder(call);
                    if (mine.isCalledOff().get()) {
                        return new ActionOutcome.Refused(new Refusal.TooLate(call.service()));
                    }
                }
                trimming.begun();
                readied = standing.isPresent() ? standing.get() : preparation.launch(call);
            } catch (IOException e) {
                return new ActionOutcome.Refused(new Refusal.NotLaunched(why(e)));
            }
            ActionOutcome outcome = finished(call, run, readied.go());
            return outcome instanceof ActionOutcome.Refused(Refusal.Replaced _) ? again(call, run) : outcome;
        } finally {
            live.end(run.base());
        }
    }

    /** A new version of the program was put there while the old one stood ready: nothing of it was executed. */
    private ActionOutcome again(ActionCall call, RunFiles run) throws InterruptedException {
        Launcher.Readied readied;
        try {
            readied = preparation.launch(call);
        } catch (IOException e) {
            return new ActionOutcome.Refused(new Refusal.NotLaunched(why(e)));
        }
        return finished(call, run, readied.go());
    }

    /**
     * Makes a start ready that is about to come, all but the last step: nothing of it is executed before {@link #run}, and
     * nothing if that never comes, in which case it blocks for ten seconds.
     */
    public void ready(ActionCall call) throws InterruptedException {
        standby.ready(call);
    }

    /** Has all that stands ready go, and waits until it has. */
    public void sendAllAway() throws InterruptedException {
        standby.sendAllAway();
    }

    /** Once launched, a file that fails us leaves the outcome unknown; it doesn't undo what was done. */
    private ActionOutcome finished(ActionCall call, RunFiles run, Launcher.Launched launched)
            throws InterruptedException {
        try {
            return completion.of(call, run, launched);
        } catch (IOException e) {
            LOG.warn(
                    "service={} verb={} cannot be followed: {}",
                    call.service(),
                    call.verb().text(),
                    why(e));
            return outcomes.unknown(call, Duration.ZERO, launched.mark());
        }
    }

    /**
     * Waits for a run that another runner has begun, an agent that was killed, and finishes it as {@link #run} would have;
     * at once if it is over. Empty if nothing tells what became of it: it never began, or its launcher was killed too.
     */
    public Optional<ActionOutcome> resume(ActionCall call) throws IOException, InterruptedException {
        RunFiles run = files(call);
        Optional<Launcher.Launched> launched = launcher.find(run);
        if (launched.isEmpty()) {
            Optional<ActionOutcome> outcome = outcomes.of(call, run);
            if (outcome.isPresent() || call.verb() != Verb.START) {
                completion.sweep(call, outcome);
            }
            return outcome;
        }
        var _ = live.begin(run.base(), call);
        try {
            return Optional.of(completion.of(call, run, launched.get()));
        } finally {
            live.end(run.base());
        }
    }

    /**
     * Calls a start off: if it has not executed anything yet, be it that it has not even been launched, it never will. To be
     * followed by a kill, which finds whatever has begun before.
     */
    public void callOffStart(String service, long generation) throws IOException {
        new RunFiles(runs.resolve(service), ActionCall.key(Verb.START, generation, 1)).callOff();
    }

    /** Whether the run's launcher lives, whichever agent started it. */
    boolean isRunning(ActionCall call) throws IOException {
        return launcher.find(files(call)).isPresent();
    }

    /** What is wrong with the actions directory now, so that no action could run. */
    public Optional<Refusal> flaw() throws IOException {
        return preparation.flaw();
    }

    /** The file with the service's newest output; with {@code .old} behind its name, what came before. */
    public Path output(String service) {
        return outputs.file(service);
    }

    /** The services of which anything is kept here, outputs or containers, also such as were only notified of. */
    public Set<String> services() throws IOException {
        Set<String> services = new TreeSet<>(outputs.services());
        services.addAll(containers.services());
        return services;
    }

    /** Deletes the containers, outputs and outcomes of a service; false, and nothing is done, while anything of it runs. */
    public boolean forget(String service) throws IOException {
        if (live.services().contains(service) || standby.has(service) || !containers.remove(service)) {
            return false;
        }
        outputs.forget(service);
        return true;
    }

    /**
     * Goes the way of a start, up to the launcher's finding that there is no such file: what a process does for the first time
     * takes it many times as long, and the first start is perhaps a failover. Nothing is executed.
     */
    public void rehearse() throws InterruptedException {
        String nobody = "rehearsal-" + UUID.randomUUID();
        ActionCall call = new ActionCall(
                nobody,
                Verb.START,
                0,
                1,
                new Program.File(nobody),
                Map.of(),
                List.of(),
                REHEARSAL_LIMIT,
                false,
                "-",
                "-",
                0,
                Map.of());
        Thread readying = Thread.ofVirtual().start(() -> {
            try {
                ready(call);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var _ = run(call);
        readying.join();
        try {
            forget(nobody);
        } catch (IOException e) {
            LOG.debug("rehearsal=left reason=\"{}\"", e.getMessage());
        }
    }

    /** Stops watching the outputs. Actions and services go on. */
    @Override
    public void close() {
        trimming.close();
    }

    private RunFiles files(ActionCall call) {
        return RunFiles.of(runs, call);
    }

    private static String why(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return Tail.escaped(String.valueOf(e.getMessage()));
    }
}
