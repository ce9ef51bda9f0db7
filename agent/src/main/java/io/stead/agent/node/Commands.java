package io.stead.agent.node;

import io.stead.agent.action.ActionCall;
import io.stead.agent.action.ActionOutcome;
import io.stead.agent.action.ActionRunner;
import io.stead.agent.program.OcfEnvironment;
import io.stead.agent.program.Program;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Action;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.Target;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Effect;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions of specs, as calls that this host's runner executes, and what came of them, as results for people (B17–B20, C10).
 * An action that is not defined has succeeded. Every method blocks until the command has ended.
 */
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final int ONCE = 1;

    private final NodeId me;
    private final ActionRunner runner;

    Commands(NodeId me, ActionRunner runner) {
        this.me = me;
        this.runner = runner;
    }

    /** Makes a start ready that is likely to come; blocks until it has come, or has not for a while. */
    void ready(Run run) throws InterruptedException {
        Optional<ActionCall> call = start(run);
        if (call.isPresent()) {
            runner.ready(call.get());
        }
    }

    Result start(Effect.Start start) throws InterruptedException {
        return run(start.run(), Verb.START, ONCE);
    }

    /** The stop command of what runs no more has no hurry: it begins under the lease, or not at all. */
    Result stop(Run run, int attempt) throws InterruptedException {
        return run(run, Verb.STOP, attempt);
    }

    private Result run(Run run, Verb verb, int attempt) throws InterruptedException {
        Optional<Action> action = run.actions().of(verb);
        return action.isEmpty() ? Result.DONE : executed(action.get(), call(run, verb, attempt));
    }

    /** Waits for a start that an earlier process of the agent has begun; empty where nobody can tell what became of it. */
    Optional<Result> resumeStart(Run run) throws IOException, InterruptedException {
        Optional<ActionCall> call = start(run);
        return call.isEmpty()
                ? Optional.of(Result.DONE)
                : runner.resume(call.get()).map(outcome -> result(call.get().program(), outcome));
    }

    private Optional<ActionCall> start(Run run) {
        return run.actions()
                .of(Verb.START)
                .map(action -> call(run, Verb.START, ONCE).of(action));
    }

    /**
     * Whether what was started works; empty where the monitor could not be run, or nobody saw how it ended: that says nothing of
     * the service, and is logged.
     *
     * @param attempt counts the looks of one run
     */
    Optional<Result> monitor(Run run, Monitor monitor, int attempt) throws InterruptedException {
        ActionCall call = call(run, Verb.MONITOR, attempt).of(monitor.action());
        ActionOutcome outcome = runner.run(call);
        boolean isVerdict = !(outcome instanceof ActionOutcome.Refused)
                && !(outcome instanceof ActionOutcome.Failed failed
                        && failed.ending() instanceof ActionOutcome.Ending.Unknown);
        Result result = result(call.program(), outcome);
        if (!isVerdict) {
            LOG.warn("service={} monitor=not-run reason=\"{}\"", run.service(), result.detail());
        }
        return isVerdict ? Optional.of(result) : Optional.empty();
    }

    Result notify(Effect.Notify e) throws InterruptedException {
        return errand(
                e.actions().of(Verb.NOTIFY),
                new Calling(me, e.service(), e.generation(), Verb.NOTIFY, ONCE, false, e.holder()));
    }

    Result recover(Effect.Recover e) throws InterruptedException {
        return errand(
                e.actions().of(Verb.RECOVERY),
                new Calling(me, e.service(), e.generation(), Verb.RECOVERY, ONCE, e.exclusive(), e.lost()));
    }

    private Result errand(Optional<Action> action, Calling calling) throws InterruptedException {
        return action.isEmpty() ? Result.DONE : executed(action.get(), calling);
    }

    private Calling call(Run run, Verb verb, int attempt) {
        return new Calling(
                me,
                run.service(),
                run.generation(),
                verb,
                attempt,
                run.exclusive() && (verb == Verb.START || run.isGone()),
                me);
    }

    /** A call without what it executes. */
    private record Calling(
            NodeId node,
            ServiceName service,
            long generation,
            Verb verb,
            int attempt,
            boolean underLease,
            NodeId holder) {
        ActionCall of(Action action) {
            return new ActionCall(
                    service.value(),
                    verb,
                    generation,
                    attempt,
                    program(action),
                    action.params(),
                    action.args(),
                    action.timeout(),
                    underLease,
                    node.value(),
                    holder.value(),
                    generation,
                    Map.of());
        }
    }

    private Result executed(Action action, Calling calling) throws InterruptedException {
        ActionCall call = calling.of(action);
        return result(call.program(), runner.run(call));
    }

    private static Program program(Action action) {
        return switch (action.target()) {
            case Target.Run file -> new Program.File(file.file());
            case Target.Systemd unit -> new Program.Unit(unit);
            case Target.Ocf agent -> new Program.Ocf(agent);
        };
    }

    private static Result result(Program program, ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded _ -> Result.DONE;
            // unit.sh says in a whole sentence what its exit status means.
            case ActionOutcome.Failed failed
            when program instanceof Program.Unit && !failed.tail().isBlank() ->
                Result.failed(failed.tail().strip());
            case ActionOutcome.Failed failed -> Result.failed(ending(program, failed.ending()) + tail(failed.tail()));
            case ActionOutcome.TimedOut late ->
                Result.failed(String.format(
                                Locale.ROOT,
                                "took too long and was killed after %.1f s",
                                late.took().toMillis() / 1000.0)
                        + tail(late.tail()));
            case ActionOutcome.Refused refused -> Result.failed(refused.reason().line());
        };
    }

    private static String ending(Program program, ActionOutcome.Ending ending) {
        return switch (ending) {
            case ActionOutcome.Ending.Exit exit ->
                "exit status " + exit.code()
                        + (program instanceof Program.Ocf ? " (" + OcfEnvironment.meaning(exit.code()) + ")" : "");
            case ActionOutcome.Ending.Signal signal -> "ended by signal " + signal.signal();
            case ActionOutcome.Ending.Unknown _ -> "ended in an unknown way";
        };
    }

    private static String tail(String tail) {
        return tail.isBlank() ? "" : ": " + tail.strip();
    }
}
