package io.stead.reconcile;

import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.spec.Verb;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the node has under way: its runs, its errands, and which effects are at work. Runs and ended notifications are on
 * its disk, too; the rest dies with the process.
 *
 * @param errands notify and recovery commands: empty while at work
 * @param killing services of which everything is being killed, or was while a command of theirs is at work
 * @param publishing whether a transaction of the node is under way
 */
public record LocalState(
        Map<ServiceName, Run> runs,
        Map<Errand, Optional<Result>> errands,
        Set<ServiceName> killing,
        boolean publishing) {
    /** A node that has just come. */
    public static final LocalState EMPTY = new LocalState(Map.of(), Map.of(), Set.of(), false);

    public LocalState {
        runs = Map.copyOf(runs);
        errands = Map.copyOf(errands);
        killing = Set.copyOf(killing);
    }

    /** After the effect was begun; of {@link Effect.Start} this is the intent that must be on disk before. */
    public LocalState begun(Effect effect) {
        return switch (effect) {
            case Effect.Publish p -> new LocalState(runs, without(p.over()), killing, true);
            case Effect.Start s -> with(s.run().with(RunState.STARTING, ""));
            case Effect.Stop s -> with(s.run().with(stopping(s.run()), s.run().detail()));
            case Effect.Adopt a -> with(a.run().with(RunState.STARTED, ""));
            case Effect.Forget f ->
                with(f.run().with(RunState.FORGETTING, f.run().detail()));
            case Effect.Kill k -> killing(k.run().service(), true);
            case Effect.Notify n -> errand(new Errand(n.service(), n.generation(), Verb.NOTIFY), Optional.empty());
            case Effect.Recover r -> errand(new Errand(r.service(), r.generation(), Verb.RECOVERY), Optional.empty());
            case Effect.EndSession e -> this;
        };
    }

    /** After the effect has ended. */
    public LocalState ended(Effect effect, Result result) {
        return switch (effect) {
            case Effect.Publish p -> new LocalState(runs, errands, killing, false);
            case Effect.Start s -> endStart(s.run(), result);
            case Effect.Stop s -> endStop(s.run(), result);
            case Effect.Kill k -> endKill(k.run(), result);
            case Effect.Notify n -> errand(new Errand(n.service(), n.generation(), Verb.NOTIFY), Optional.of(result));
            case Effect.Recover r ->
                errand(new Errand(r.service(), r.generation(), Verb.RECOVERY), Optional.of(result));
            case Effect.Adopt a -> this;
            case Effect.Forget f -> endForget(f.run());
            case Effect.EndSession e -> this;
        };
    }

    /** After it was seen that nothing of what was started is in its container any more. */
    public LocalState lost(ServiceName service, long generation, String why) {
        return vanished(service, generation, RunState.LOST, why);
    }

    /** The same, where the lease is over: the warden has killed it, and it is not to blame. */
    public LocalState killed(ServiceName service, long generation, String why) {
        return vanished(service, generation, RunState.KILLED, why);
    }

    private LocalState vanished(ServiceName service, long generation, RunState next, String why) {
        Run run = runs.get(service);
        if (run == null || run.generation() != generation || !run.contained()) {
            return this;
        }
        RunState found = killing.contains(service) ? RunState.KILLED : next;
        return switch (run.state()) {
            case STARTED, FAILING -> with(run.with(found, why));
            case STUCK -> with(run.with(RunState.KILLED, why));
            case STARTING, START_FAILED, UNKNOWN, LOST, KILLED, STOPPING, CLEARING, STOPPED, STOP_FAILED, FORGETTING ->
                this;
        };
    }

    /** After its monitor has said that it does not work. */
    public LocalState failing(ServiceName service, long generation, String why) {
        Run run = runs.get(service);
        return run != null && run.generation() == generation && run.state() == RunState.STARTED
                ? with(run.with(RunState.FAILING, why))
                : this;
    }

    /** The runs that are to be monitored, where they have a monitor. */
    public List<Run> monitored() {
        return runs.values().stream()
                .filter(r ->
                        r.state() == RunState.STARTED && r.actions().monitor().isPresent())
                .toList();
    }

    /** The runs whose containers are to be looked at: what has vanished from them is {@linkplain #lost lost}. */
    public List<Run> watched() {
        return runs.values().stream()
                .filter(r -> r.contained()
                        && (r.state() == RunState.STARTED
                                || r.state() == RunState.FAILING
                                || r.state() == RunState.STUCK))
                .toList();
    }

    /**
     * The runs that are killed when the lease and their stop-grace are over, with all that runs for them, whatever has become of the
     * agent. What has no processes has a stop command only, which is not to be killed.
     */
    public List<Run> guarded() {
        return runs.values().stream()
                .filter(r -> r.exclusive() && r.contained() && !r.state().isOver())
                .toList();
    }

    /**
     * As an agent finds it that was restarted: of a command that was at work it can't tell what became, and errands that had
     * not ended are run again.
     */
    public LocalState restarted() {
        LocalState next = new LocalState(runs, ended(errands), Set.of(), false);
        for (Run run : runs.values()) {
            if (run.state() == RunState.FORGETTING) {
                next = next.with(run.with(RunState.STOPPED, run.detail()));
            } else if (run.state().isBusy()) {
                next = next.with(run.with(RunState.UNKNOWN, "the agent was restarted meanwhile"));
            }
        }
        return next;
    }

    /** Whether nothing that it has started may still run: before that, its session is not to be ended by itself. */
    public boolean isIdle() {
        return runs.values().stream().noneMatch(r -> r.state().mayRun());
    }

    /** Whether something exclusive may still run that is given time to stop when the lease is over. */
    public boolean isStoppingInGrace(Lease lease, Now now) {
        return runs.values().stream()
                .anyMatch(r -> r.exclusive() && r.state().mayRun() && !lease.isOverSince(r.stopGrace(), now));
    }

    private LocalState endStart(Run run, Result result) {
        RunState next = switch (result.outcome()) {
            case SUCCEEDED -> RunState.STARTED;
            case FAILED -> result.cutOff() ? RunState.KILLED : RunState.START_FAILED;
            case UNKNOWN -> RunState.UNKNOWN;
        };
        return endBusy(run, RunState.STARTING, next, result);
    }

    private LocalState endStop(Run run, Result result) {
        return endBusy(run, stopping(run), stopped(result), result);
    }

    private static RunState stopping(Run run) {
        return run.isGone() ? RunState.CLEARING : RunState.STOPPING;
    }

    private static RunState stopped(Result result) {
        return switch (result.outcome()) {
            case SUCCEEDED -> RunState.STOPPED;
            case FAILED -> result.cutOff() ? RunState.KILLED : RunState.STOP_FAILED;
            case UNKNOWN -> RunState.STUCK;
        };
    }

    /** What has no processes of its own was stopped by its stop command; all else has still to be (A22). */
    private static RunState killed(Run run, Result result) {
        return result.succeeded() && run.contained() ? RunState.KILLED : stopped(result);
    }

    /** However it ended: what may be left of it an operator has vouched for, and no start is made beside it. */
    private LocalState endForget(Run run) {
        Run known = runs.get(run.service());
        return known != null && known.generation() == run.generation() ? without(run.service()) : this;
    }

    private LocalState endBusy(Run run, RunState busy, RunState next, Result result) {
        Run known = runs.get(run.service());
        if (known == null || known.generation() != run.generation() || known.state() != busy) {
            return this;
        }
        Run ended = busy == RunState.STARTING ? known.contained(result.contained()) : known;
        return killing(run.service(), false).with(ended.with(next, result.detail()));
    }

    /** A command that is at work has its own end still to come; until then there is nothing more to kill. */
    private LocalState endKill(Run run, Result result) {
        Run known = runs.get(run.service());
        if (known == null || known.state().isBusy()) {
            return known == null ? killing(run.service(), false) : this;
        }
        LocalState killed = killing(run.service(), false);
        return known.state().isOver() ? killed : killed.with(known.with(killed(known, result), result.detail()));
    }

    private Map<Errand, Optional<Result>> without(Set<Errand> over) {
        Map<Errand, Optional<Result>> kept = new HashMap<>(errands);
        kept.keySet().removeAll(over);
        return kept;
    }

    private LocalState with(Run run) {
        Map<ServiceName, Run> next = new HashMap<>(runs);
        next.put(run.service(), run);
        return new LocalState(next, errands, killing, publishing);
    }

    private LocalState without(ServiceName service) {
        Map<ServiceName, Run> next = new HashMap<>(runs);
        next.remove(service);
        return new LocalState(next, errands, killing, publishing);
    }

    private LocalState errand(Errand errand, Optional<Result> result) {
        Map<Errand, Optional<Result>> next = new HashMap<>(errands);
        next.put(errand, result);
        return new LocalState(runs, next, killing, publishing);
    }

    private LocalState killing(ServiceName service, boolean begins) {
        Set<ServiceName> next = new HashSet<>(killing);
        if (begins) {
            next.add(service);
        } else {
            next.remove(service);
        }
        return new LocalState(runs, errands, next, publishing);
    }

    private static Map<Errand, Optional<Result>> ended(Map<Errand, Optional<Result>> errands) {
        Map<Errand, Optional<Result>> kept = new HashMap<>(errands);
        kept.values().removeIf(Optional::isEmpty);
        kept.keySet().removeIf(e -> e.verb() == Verb.RECOVERY);
        return kept;
    }
}
