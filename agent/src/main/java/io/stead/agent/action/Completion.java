package io.stead.agent.action;

import io.stead.agent.container.Cell;
import io.stead.agent.container.Containers;
import io.stead.agent.container.Killed;
import io.stead.agent.container.Uptime;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes after a launch: the run is waited for, cut when it takes too long, and what it has left behind is killed. */
final class Completion {
    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    private final Containers containers;
    private final ActionRunner.Limits limits;
    private final Outcomes outcomes;

    Completion(Containers containers, ActionRunner.Limits limits, Outcomes outcomes) {
        this.containers = containers;
        this.limits = limits;
        this.outcomes = outcomes;
    }

    /** The time limit counts from when the program was executed, by whichever agent. */
    ActionOutcome of(ActionCall call, RunFiles run, Launcher.Launched launched)
            throws IOException, InterruptedException {
        long now = Uptime.hundredths();
        Duration passed = Uptime.between(run.began().orElse(now), now);
        if (!launched.ended(call.timeout().minus(passed))) {
            callOff(call, run);
            cut(call, launched);
        }
        ActionOutcome outcome = outcomes.of(call, run).orElseGet(() -> outcomes.unknown(call, passed, launched.mark()));
        sweep(call, Optional.of(outcome));
        return outcome;
    }

    /** Kills what a run has left, unless it is the service. */
    void sweep(ActionCall call, Optional<ActionOutcome> outcome) throws IOException, InterruptedException {
        boolean service = call.verb() == Verb.START
                && outcome.filter(ActionOutcome.Succeeded.class::isInstance).isPresent();
        if (!service) {
            end(cell(call), call);
        }
    }

    /** Sends away a launcher that was not given the word; false if it could not be ended. */
    boolean dismiss(ActionCall call, Launcher.Readied readied) throws IOException, InterruptedException {
        readied.abandon();
        boolean ended = readied.launched().ended(limits.killLimit());
        end(cell(call), call);
        return ended || readied.launched().ended(limits.killLimit());
    }

    Cell cell(ActionCall call) {
        return containers.cell(call.service(), call.verb() == Verb.START ? Containers.START : call.key());
    }

    void end(Cell cell, ActionCall call) throws IOException, InterruptedException {
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
        launched.ended(limits.termGrace());
        while (!cell(call).isEmpty() && System.nanoTime() - graceEnd < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        end(cell(call), call);
        if (!launched.ended(limits.killLimit())) {
            launched.process().destroyForcibly();
        }
    }
}
