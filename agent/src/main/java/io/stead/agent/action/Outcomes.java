package io.stead.agent.action;

import io.stead.agent.action.ActionOutcome.Ending;
import io.stead.agent.output.Outputs;
import io.stead.agent.output.Tail;
import io.stead.agent.program.Programs;
import io.stead.agent.program.Refusal;
import io.stead.agent.program.Shebang;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the launcher wrote about a run, and what the run printed. */
final class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    /** A shell reports a signal as 128 + its number, of which there are 64. */
    private static final int SIGNALS_FROM = 128;

    private static final int SIGNALS = 64;
    /** So a shell ends that could not execute what it was told to. */
    private static final int NOT_EXECUTED = 126;

    private static final int NOT_FOUND = 127;

    private final Programs programs;
    private final Outputs outputs;

    Outcomes(Programs programs, Outputs outputs) {
        this.programs = programs;
        this.outputs = outputs;
    }

    /**
     * How the run ended; empty if nothing tells. Once begun, called off is called off, however the program took it; what was
     * called off before has executed nothing.
     */
    Optional<ActionOutcome> of(ActionCall call, RunFiles run) throws IOException {
        Optional<RunFiles.Written> written = run.written();
        boolean refused =
                written.filter(w -> !w.end().getFirst().equals("exit")).isPresent();
        if (run.calledOff() && !refused) {
            if (!run.hasBegun()) {
                return Optional.of(new ActionOutcome.Refused(new Refusal.TooLate(call.service())));
            }
            Duration took = written.map(RunFiles.Written::took).orElse(call.timeout());
            String tail = written.map(w -> tail(call, w.mark())).orElse("");
            return Optional.of(new ActionOutcome.TimedOut(took, tail));
        }
        return written.map(w -> told(call, w));
    }

    /** Of a run that left no word. */
    ActionOutcome unknown(ActionCall call, Duration took, Outputs.Mark mark) {
        return new ActionOutcome.Failed(new Ending.Unknown(), took, tail(call, mark));
    }

    private ActionOutcome told(ActionCall call, RunFiles.Written written) {
        List<String> end = written.end();
        if (!end.getFirst().equals("exit")) {
            return new ActionOutcome.Refused(refusal(call, end));
        }
        String tail = tail(call, written.mark());
        int status = Integer.parseInt(end.get(1));
        if (status == 0) {
            return new ActionOutcome.Succeeded(written.took(), tail);
        }
        Optional<Refusal> unexecuted =
                status == NOT_EXECUTED || status == NOT_FOUND ? Shebang.flaw(Path.of(path(call))) : Optional.empty();
        if (unexecuted.isPresent()) {
            return new ActionOutcome.Refused(unexecuted.get());
        }
        boolean signal = status > SIGNALS_FROM && status <= SIGNALS_FROM + SIGNALS;
        Ending ending = signal ? new Ending.Signal(status - SIGNALS_FROM) : new Ending.Exit(status);
        return new ActionOutcome.Failed(ending, written.took(), tail);
    }

    /** The words are those of {@code refuse} in {@code launch.sh}. */
    private Refusal refusal(ActionCall call, List<String> end) {
        String path = path(call);
        return switch (end.get(1)) {
            case "missing" -> new Refusal.Missing(path);
            case "irregular" -> new Refusal.NotRegular(path);
            case "owner" ->
                new Refusal.WrongOwner(path, end.size() > 2 ? end.get(2) : "?", Integer.toString(programs.owner()));
            case "writable" -> new Refusal.Writable(path);
            case "inert" -> new Refusal.NotExecutable(path);
            case "late" -> new Refusal.TooLate(call.service());
            case "replaced" -> new Refusal.Replaced(path);
            case "unneeded" -> new Refusal.Abandoned(call.service());
            case "unreadable" -> new Refusal.NotLaunched(path + " cannot be opened: chmod u+r " + path);
            case "cell" ->
                new Refusal.NotLaunched("its container cannot be entered, see the output of " + call.service());
            default -> new Refusal.NotLaunched("the launcher says " + Tail.escaped(String.join(" ", end)));
        };
    }

    private String path(ActionCall call) {
        try {
            return programs.file(call.program())
                    .map(Object::toString)
                    .orElse(call.program().toString());
        } catch (IOException e) {
            return call.program().toString(); // the directory has gone since
        }
    }

    private String tail(ActionCall call, Outputs.Mark mark) {
        try {
            return outputs.tail(call.service(), mark);
        } catch (IOException e) {
            LOG.warn("service={} its output cannot be read: {}", call.service(), e.toString());
            return "";
        }
    }
}
