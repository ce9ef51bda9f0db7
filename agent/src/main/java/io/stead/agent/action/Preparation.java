package io.stead.agent.action;

import io.stead.agent.container.Cell;
import io.stead.agent.container.Containers;
import io.stead.agent.container.UnitCell;
import io.stead.agent.output.Outputs;
import io.stead.agent.program.OcfEnvironment;
import io.stead.agent.program.Program;
import io.stead.agent.program.Programs;
import io.stead.agent.program.Refusal;
import io.stead.agent.program.UnitScript;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What comes before a run: the call is looked at, what others have left is ended, the launcher is started. */
final class Preparation {
    private final Path runs;
    private final Programs programs;
    private final Containers containers;
    private final Launcher launcher;
    private final Outputs outputs;
    private final LiveRuns live;
    private final Completion completion;

    Preparation(
            Path runs,
            Programs programs,
            Containers containers,
            Launcher launcher,
            Outputs outputs,
            LiveRuns live,
            Completion completion) {
        this.runs = runs;
        this.programs = programs;
        this.containers = containers;
        this.launcher = launcher;
        this.outputs = outputs;
        this.live = live;
        this.completion = completion;
    }

    /** What is wrong with the actions directory. */
    Optional<Refusal> flaw() throws IOException {
        return programs.flaw();
    }

    /** Why it can't be run; what the launcher looks at in addition is in its outcome. */
    Optional<Refusal> flaw(ActionCall call) throws IOException {
        Optional<Refusal> flaw = Environment.flaw(call);
        if (flaw.isEmpty()) {
            flaw = programs.flaw(call.program(), call.params());
        }
        if (flaw.isEmpty()
                && call.program() instanceof Program.Unit unit
                && containers.unit(call.service()).isEmpty()) {
            flaw = Optional.of(new Refusal.UnitUnwatched(unit.toString()));
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
        return launcher.ready(call, executable(call), completion.cell(call), run, outputs.file(call.service()), mark);
    }

    private Launcher.Executable executable(ActionCall call) throws IOException {
        Path file = programs.file(call.program()).orElseThrow();
        Map<String, String> variables = Environment.of(call, file);
        List<String> args = switch (call.program()) {
            case Program.File _ -> call.args();
            case Program.Unit unit -> {
                UnitCell cell = containers.unit(call.service()).orElseThrow();
                cell.open();
                yield UnitScript.arguments(unit, call.verb().text(), cell, call.exclusive());
            }
            case Program.Ocf agent -> {
                variables.putAll(
                        OcfEnvironment.of(agent, call.service(), call.params(), call.timeout(), programs.scratch()));
                // Whatever a spec says: an agent's one argument is what it is to do.
                yield List.of(call.verb().text());
            }
        };
        return new Launcher.Executable(file, programs.owner(), args, variables);
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
