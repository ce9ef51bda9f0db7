package io.stead.agent.action;

import io.stead.agent.container.Cell;
import io.stead.agent.container.Containers;
import io.stead.agent.output.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What comes before a run: the call is looked at, what others have left is ended, the launcher is started. */
final class Preparation {
    private final Path runs;
    private final ActionsDirectory actions;
    private final Containers containers;
    private final Launcher launcher;
    private final Outputs outputs;
    private final LiveRuns live;
    private final Completion completion;

    Preparation(
            Path runs,
            ActionsDirectory actions,
            Containers containers,
            Launcher launcher,
            Outputs outputs,
            LiveRuns live,
            Completion completion) {
        this.runs = runs;
        this.actions = actions;
        this.containers = containers;
        this.launcher = launcher;
        this.outputs = outputs;
        this.live = live;
        this.completion = completion;
    }

    /** What is wrong with the actions directory. */
    Optional<Refusal> flaw() throws IOException {
        return actions.flaw();
    }

    /** Why it can't be run; what the launcher looks at in addition is in its outcome. */
    Optional<Refusal> flaw(ActionCall call) throws IOException {
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

    /** Starts the launcher of a call without a {@linkplain #flaw flaw}. */
    Launcher.Readied launch(ActionCall call) throws IOException, InterruptedException {
        RunFiles run = RunFiles.of(runs, call);
        clearStale(call);
        run.clear(call.verb(), live::has);
        Outputs.Mark mark = outputs.begin(call.service());
        Path file = actions.file(call.file()).orElseThrow();
        return launcher.ready(
                call, file, actions.owner(), completion.cell(call), run, outputs.file(call.service()), mark);
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
                Cell cell = containers.cell(call.service(), other);
                completion.end(cell, call);
            }
        }
    }

    private static boolean isErrand(String run) {
        return isOf(Verb.NOTIFY, run) || isOf(Verb.RECOVERY, run) || isOf(Verb.STOP, run);
    }

    private static boolean isOf(Verb verb, String run) {
        return run.startsWith(verb.text() + "-");
    }
}
