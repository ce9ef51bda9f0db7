package io.stead.agent.node;

import io.stead.agent.action.ActionRunner;
import io.stead.agent.container.Containers;
import io.stead.agent.container.Killed;
import io.stead.agent.warden.Warden;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Effect;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does on this host what reconcile decided about services. Every method blocks until it is done and tells how it ended; the
 * caller has at most one at work on a service, but for kills. What it began is on the disk before it begins (A22).
 */
public final class Host {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final String MONITOR = Verb.MONITOR.text() + "-";
    private static final int ONCE = 1;
    /** A stop command of the same run may be at work already. */
    private static final int AGAIN = 2;

    private final ActionRunner actions;
    private final Commands commands;
    private final Containers containers;
    private final Runs runs;
    private final Warden warden;
    private final boolean mayHoldExclusives;
    /** The newest generation of each service that was killed: no start of it begins any more. */
    private final Map<ServiceName, Long> killed = new ConcurrentHashMap<>();
    /** How often each service was killed. */
    private final Map<ServiceName, Integer> kills = new ConcurrentHashMap<>();
    /** The life that the node lives now; what was decided in another is not begun any more. */
    private volatile Incarnation life = new Incarnation(0);

    /** {@code mayHoldExclusives}: whether what is exclusive may run here: its container does not leak, or the operator takes that risk */
    Host(NodeId me, ActionRunner actions, Containers containers, Runs runs, Warden warden, boolean mayHoldExclusives) {
        this.actions = actions;
        this.commands = new Commands(me, actions);
        this.containers = containers;
        this.runs = runs;
        this.warden = warden;
        this.mayHoldExclusives = mayHoldExclusives;
    }

    /** Another life begins, or none goes on: 0. What stands ready for the one before goes. */
    void live(Incarnation next) throws InterruptedException {
        life = next;
        actions.sendAllAway();
    }

    /** Whether the warden has killed, by now, what may run no longer than this. */
    boolean isOver(Run run) throws IOException {
        return run.exclusive() && warden.isOver(run.stopGrace());
    }

    /** Whether nothing of a service runs here. */
    boolean isEmpty(ServiceName service) throws IOException {
        return containers.isEmpty(service.value());
    }

    /** Makes a start ready that is likely to come; blocks until it has come, or has not for a while. */
    void ready(Run run) throws InterruptedException {
        if (run.incarnation().equals(life) && (!run.exclusive() || mayHoldExclusives)) {
            commands.ready(run);
        }
    }

    /** Nothing was begun where the intent could not be written, so that the next node may try. */
    Result start(Effect.Start start) throws IOException, InterruptedException {
        Run run = start.run();
        if (run.exclusive() && !mayHoldExclusives) {
            return Result.failed(
                    "this host has no cgroup v2 for the agent, so that a process could escape it: run the agent as root"
                            + " on cgroup v2, or set addresses.safety: fast");
        }
        try {
            runs.intend(run.with(RunState.STARTING, ""));
        } catch (IOException e) {
            return Result.failed("the intent can't be written to the data directory: " + e.getMessage());
        }
        if (!run.incarnation().equals(life)) {
            // A stall lay between the decision and the deed, and the life that it was decided for is over.
            return Result.failed("its session was over before it could start");
        }
        if (isKilled(run)) {
            return endStart(run, Result.failed("it was killed before it could start"));
        }
        Thread keeping = Thread.ofVirtual().name("stead-intent").start(() -> keep(run));
        Result result = commands.start(start);
        keeping.join();
        return endStart(run, result);
    }

    /** Beside the command, which need not wait for the disk: what has no processes is to be stopped after a crash of the host, too. */
    private void keep(Run run) {
        note(run.with(RunState.STARTING, ""));
    }

    /** Waits for a start that an earlier process of the agent has begun. */
    Result resumeStart(Run run) throws IOException, InterruptedException {
        Optional<Result> end = commands.resumeStart(run);
        return end.isPresent() ? endStart(run, end.get()) : Result.unknown("the agent was restarted while it started");
    }

    private Result endStart(Run run, Result result) throws IOException, InterruptedException {
        Result end = result;
        if (!result.succeeded()) {
            if (!isKilled(run) && !isTooLate(run)) {
                // Best effort: what a failed start leaves behind is its stop command's to clear away.
                var _ = commands.stop(run, ONCE);
            }
            Result killed = killAll(run.service());
            end = killed.succeeded()
                    ? unlessCutOff(run, isKilled(run), result)
                    : Result.unknown(result.detail() + "; " + killed.detail());
        }
        RunState state = switch (end.outcome()) {
            case SUCCEEDED -> RunState.STARTED;
            case FAILED -> end.cutOff() ? RunState.KILLED : RunState.START_FAILED;
            case UNKNOWN -> RunState.UNKNOWN;
        };
        boolean contained = !isEmpty(run.service());
        note(run.contained(contained).with(state, end.detail()));
        return new Result(end.outcome(), end.detail(), contained, end.cutOff());
    }

    Result stop(Effect.Stop stop) throws IOException, InterruptedException {
        Run run = stop.run();
        int before = kills.getOrDefault(run.service(), 0);
        note(run.with(run.isGone() ? RunState.CLEARING : RunState.STOPPING, run.detail()));
        endMonitors(run.service());
        Result stopped = isTooLate(run) ? Result.failed("its lease is over") : commands.stop(run, ONCE);
        boolean isKilled = kills.getOrDefault(run.service(), 0) != before;
        Result end = unlessCutOff(run, isKilled, stopped);
        Result killed = killAll(run.service());
        return stopped(run, killed.succeeded() ? end : killed);
    }

    /** A stall may lie between the decision and the deed, and what the warden kills may be another node's by then. */
    private boolean isTooLate(Run run) throws IOException {
        return run.exclusive() && run.contained() && (!run.incarnation().equals(life) || isOver(run));
    }

    /** A monitor beside a stop command could hold up what is to be stopped, or outlive it. */
    private void endMonitors(ServiceName service) throws IOException, InterruptedException {
        for (String run : containers.runs(service.value())) {
            if (run.startsWith(MONITOR)) {
                var _ = containers.cell(service.value(), run).kill(KILL_LIMIT);
            }
        }
    }

    /** Kills at once. Of what has no processes of its own the stop command is all there is. */
    Result kill(Effect.Kill kill) throws IOException, InterruptedException {
        Run run = kill.run();
        killed.merge(run.service(), run.generation(), Math::max);
        kills.merge(run.service(), 1, Integer::sum);
        try {
            actions.callOffStart(run.service().value(), run.generation());
        } catch (IOException e) {
            // It was never prepared, or the disk is full: then nothing is written that a launcher would need, either.
            LOG.warn("service={} start=not-called-off reason=\"{}\"", run.service(), e.getMessage());
        }
        Result end = result(containers.killAll(run.service().value(), KILL_LIMIT));
        if (end.succeeded() && !run.contained() && !run.state().isBusy()) {
            end = commands.stop(run, AGAIN);
        } else if (end.succeeded() && !run.state().isBusy()) {
            note(run.with(RunState.KILLED, ""));
            return end;
        }
        return run.state().isBusy() ? end : stopped(run, end);
    }

    private boolean isKilled(Run run) {
        return killed.getOrDefault(run.service(), 0L) >= run.generation();
    }

    /** A command that failed while its service was killed, by the agent or by the warden, is not to blame. */
    private Result unlessCutOff(Run run, boolean isKilled, Result result) throws IOException {
        return run.contained() && (isKilled || isOver(run)) ? result.whenCutOff() : result;
    }

    private Result stopped(Run run, Result end) {
        RunState state = switch (end.outcome()) {
            case SUCCEEDED -> RunState.STOPPED;
            case FAILED -> end.cutOff() ? RunState.KILLED : RunState.STOP_FAILED;
            case UNKNOWN -> RunState.STUCK;
        };
        note(run.with(state, end.detail()));
        return end;
    }

    /**
     * A full disk keeps nothing from stopping: after a restart it is stopped once more. What ends after its life is over is known
     * to nobody any more.
     */
    private void note(Run run) {
        if (!run.incarnation().equals(life)) {
            return;
        }
        try {
            runs.put(run);
        } catch (IOException e) {
            LOG.error("service={} run=unwritten reason=\"{}\"", run.service(), e.getMessage());
        }
    }

    /** Takes away what is kept of services that are no more: containers, outputs, outcomes. */
    void tidy(Set<String> known) throws IOException {
        for (String service : actions.services()) {
            if (!known.contains(service) && actions.forget(service)) {
                LOG.info("service={} kept=nothing reason=\"it is defined no more\"", service);
            }
        }
    }

    Result adopt(Effect.Adopt adopt) throws IOException {
        runs.put(adopt.run().with(RunState.STARTED, ""));
        return Result.DONE;
    }

    Result forget(Effect.Forget forget) throws IOException {
        ServiceName service = forget.run().service();
        if (!containers.remove(service.value())) {
            return Result.failed("something of " + service + " still runs here");
        }
        runs.forget(service);
        return Result.DONE;
    }

    Result notify(Effect.Notify effect) throws InterruptedException {
        return commands.notify(effect);
    }

    Result recover(Effect.Recover effect) throws InterruptedException {
        return commands.recover(effect);
    }

    /** Whether what runs works, by the word of its monitor, if that has one. */
    Optional<Result> monitor(Run run, Monitor monitor, int attempt) throws IOException, InterruptedException {
        int before = kills.getOrDefault(run.service(), 0);
        Optional<Result> result = commands.monitor(run, monitor, attempt);
        boolean isKilled = kills.getOrDefault(run.service(), 0) != before;
        return result.isEmpty() ? result : Optional.of(unlessCutOff(run, isKilled, result.get()));
    }

    private Result killAll(ServiceName service) throws IOException, InterruptedException {
        return result(containers.kill(service.value(), KILL_LIMIT));
    }

    private static Result result(Killed killed) {
        return switch (killed) {
            case Killed.Ended _ -> Result.DONE;
            case Killed.Remains remains ->
                Result.unknown("could not be killed: "
                        + remains.stragglers().stream().map(Object::toString).collect(Collectors.joining(", ")));
        };
    }
}
