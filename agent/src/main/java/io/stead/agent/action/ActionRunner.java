package io.stead.agent.action;

import io.stead.agent.container.Cell;
import io.stead.agent.container.Containers;
import io.stead.agent.container.Killed;
import io.stead.agent.container.Uptime;
import io.stead.agent.disk.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final ActionsDirectory actions;
    private final Containers containers;
    private final Limits limits;
    private final Launcher launcher;
    private final Outputs outputs;
    private final Outcomes outcomes;
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
     * @param actionsDirectory the host's; looked at anew at each run
     * @param leaseFile where {@code exclusive} calls find the end of the lease, see the warden; empty: they don't look
     */
    public ActionRunner(
            Path directory, Path actionsDirectory, Containers containers, Optional<Path> leaseFile, Limits limits)
            throws IOException {
        Path own = PrivateDirectory.at(directory.toAbsolutePath());
        this.runs = PrivateDirectory.at(own.resolve("runs"));
        this.actions = new ActionsDirectory(actionsDirectory);
        this.containers = containers;
        this.limits = limits;
        this.launcher = new Launcher(own, containers.household(), leaseFile.map(Path::toAbsolutePath));
        this.outputs = new Outputs(runs, limits.outputBytes());
        this.outcomes = new Outcomes(actions, outputs);
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
            Launcher.Launched launched;
            try {
                Optional<Refusal> flaw = flaw(call);
                if (flaw.isPresent()) {
                    return new ActionOutcome.Refused(flaw.get());
                }
                live.awaitOlder(call);
                if (mine.isCalledOff().get()) {
                    return new ActionOutcome.Refused(new Refusal.TooLate(call.service()));
                }
                launched = launch(call, run);
            } catch (IOException e) {
                return new ActionOutcome.Refused(new Refusal.NotLaunched(why(e)));
            }
            return finished(call, run, launched);
        } finally {
            live.end(run.base());
        }
    }

    /** Once launched, a file that fails us leaves the outcome unknown; it doesn't undo what was done. */
    private ActionOutcome finished(ActionCall call, RunFiles run, Launcher.Launched launched)
            throws InterruptedException {
        try {
            return finish(call, run, launched);
        } catch (IOException e) {
            LOG.warn(
                    "service={} verb={} cannot be followed: {}",
                    call.service(),
                    call.verb().text(),
                    why(e));
            return outcomes.unknown(call, Duration.ZERO, launched.memo());
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
                sweep(call, outcome);
            }
            return outcome;
        }
        var _ = live.begin(run.base(), call);
        try {
            return Optional.of(finish(call, run, launched.get()));
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
        if (live.services().contains(service) || !containers.remove(service)) {
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
        var _ = run(new ActionCall(
                nobody, Verb.START, 0, 1, nobody, Map.of(), List.of(), REHEARSAL_LIMIT, false, "-", "-", 0, Map.of()));
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

    private Optional<Refusal> flaw(ActionCall call) throws IOException {
        Optional<Refusal> flaw = Environment.flaw(call);
        if (flaw.isEmpty()) {
            flaw = actions.flaw();
        }
        if (flaw.isEmpty() && actions.file(call.file()).isEmpty()) {
            flaw = Optional.of(new Refusal.BadFileName(call.file()));
        }
        if (flaw.isEmpty() && call.verb() == Verb.START) {
            List<Long> pids = containers.pids(call.service());
            if (!pids.isEmpty()) {
                flaw = Optional.of(new Refusal.StillRunning(call.service(), pids));
            }
        }
        return flaw;
    }

    private Launcher.Launched launch(ActionCall call, RunFiles run) throws IOException, InterruptedException {
        clearStale(call);
        run.clear(call.verb(), live::has);
        RunFiles.Memo memo = new RunFiles.Memo(Uptime.hundredths(), outputs.begin(call.service()));
        Path file = actions.file(call.file()).orElseThrow();
        trimming.begun();
        return launcher.launch(call, file, actions.owner(), cell(call), run, outputs.file(call.service()), memo);
    }

    /**
     * An agent that was killed may have left runs behind: none may work beside another of its verb, or beside a start. And
     * whoever is given the service itself need not be notified any more.
     */
    private void clearStale(ActionCall call) throws IOException, InterruptedException {
        boolean start = call.verb() == Verb.START;
        if (start) {
            live.callOffNotifies(call.service());
        }
        for (String other : containers.runs(call.service())) {
            RunFiles files = new RunFiles(runs.resolve(call.service()), other);
            boolean leftOver = !live.has(files.base()) && (start ? isErrand(other) : isOf(call.verb(), other));
            boolean superseded = start && isOf(Verb.NOTIFY, other);
            if (superseded) {
                files.callOff();
            }
            if (leftOver || superseded || other.equals(call.key())) {
                end(containers.cell(call.service(), other), call);
            }
        }
    }

    private static boolean isErrand(String run) {
        return isOf(Verb.NOTIFY, run) || isOf(Verb.RECOVERY, run) || isOf(Verb.STOP, run);
    }

    private static boolean isOf(Verb verb, String run) {
        return run.startsWith(verb.text() + "-");
    }

    private ActionOutcome finish(ActionCall call, RunFiles run, Launcher.Launched launched)
            throws IOException, InterruptedException {
        Duration passed = Uptime.between(launched.memo().began(), Uptime.hundredths());
        if (!ended(launched, call.timeout().minus(passed))) {
            callOff(call, run);
            cut(call, launched);
        }
        ActionOutcome outcome = outcomes.of(call, run).orElseGet(() -> outcomes.unknown(call, passed, launched.memo()));
        sweep(call, Optional.of(outcome));
        return outcome;
    }

    /** A disk that is full is no reason to let a run go on. */
    private static void callOff(ActionCall call, RunFiles run) {
        try {
            run.callOff();
        } catch (IOException e) {
            LOG.error(
                    "service={} verb={} takes too long, which can't be noted: {}",
                    call.service(),
                    call.verb().text(),
                    e.toString());
        }
    }

    /** Ends a run that takes too long: its processes first, so that the launcher can still write down how. */
    private void cut(ActionCall call, Launcher.Launched launched) throws IOException, InterruptedException {
        long graceEnd = System.nanoTime() + limits.termGrace().toNanos();
        cell(call).terminate();
        ended(launched, limits.termGrace());
        while (!cell(call).isEmpty() && System.nanoTime() - graceEnd < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        end(cell(call), call);
        if (!ended(launched, limits.killLimit())) {
            launched.process().destroyForcibly();
        }
    }

    /** Kills what a run has left, unless it is the service. */
    private void sweep(ActionCall call, Optional<ActionOutcome> outcome) throws IOException, InterruptedException {
        boolean service = call.verb() == Verb.START
                && outcome.filter(ActionOutcome.Succeeded.class::isInstance).isPresent();
        if (!service) {
            end(cell(call), call);
        }
    }

    private void end(Cell cell, ActionCall call) throws IOException, InterruptedException {
        switch (cell.kill(limits.killLimit())) {
            case Killed.Ended() -> cell.remove();
            case Killed.Remains(var stragglers) ->
                LOG.warn(
                        "service={} verb={} survived a kill: {}",
                        call.service(),
                        call.verb().text(),
                        stragglers);
        }
    }

    private static boolean ended(Launcher.Launched launched, Duration limit) throws InterruptedException {
        try {
            launched.process().onExit().get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunFiles files(ActionCall call) {
        return RunFiles.of(runs.resolve(call.service()), call);
    }

    private Cell cell(ActionCall call) {
        return containers.cell(call.service(), call.verb() == Verb.START ? Containers.START : call.key());
    }

    private static String why(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return Tail.escaped(String.valueOf(e.getMessage()));
    }
}
