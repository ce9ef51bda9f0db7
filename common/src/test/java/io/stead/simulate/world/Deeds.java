package io.stead.simulate.world;

import io.stead.model.ServiceName;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Effect;
import io.stead.reconcile.Errand;
import io.stead.reconcile.Lease;
import io.stead.reconcile.LocalState;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a host's agent does, how long it takes and how it ends; and what its warden does when the agent can't. */
final class Deeds {
    private static final Duration INSTANT = Duration.ofMillis(2);

    private final World world;
    private final Host host;

    Deeds(World world, Host host) {
        this.world = world;
        this.host = host;
    }

    /** Notifications are for each boot; the runs are on the disk. */
    static LocalState afterBoot(LocalState local) {
        Map<Errand, Optional<Result>> none = new HashMap<>();
        return new LocalState(local.runs(), none, local.killing(), false);
    }

    private void say(String what) {
        world.trace().say(host.node().value(), what);
    }

    void begin(Effect effect, Session session) {
        switch (effect) {
            case Effect.Publish publish -> publish(publish, session);
            case Effect.Start start -> start(start);
            case Effect.Stop stop -> stop(stop);
            case Effect.Kill kill -> kill(kill);
            case Effect.Notify notify -> notify(notify);
            case Effect.Recover recover -> recover(recover);
            case Effect.EndSession _ -> host.endOwnSession();
            case Effect.Adopt _ -> ended(effect, Result.DONE, INSTANT);
            case Effect.Forget _ -> ended(effect, Result.DONE, INSTANT);
        }
    }

    /** The end of a deed comes back to the process of the agent that began it, once that is awake. */
    private void ended(Effect effect, Result result, Duration in) {
        int life = host.life();
        world.timeline().in(in, () -> comeBack(effect, result, life));
    }

    private void comeBack(Effect effect, Result result, int life) {
        if (host.life() != life) {
            return;
        }
        if (!host.mayAct()) {
            host.whenAwake(() -> comeBack(effect, result, life));
            return;
        }
        if (effect instanceof Effect.Publish) {
            host.seesItsOwn();
        }
        host.local(host.local().ended(effect, result));
    }

    // ---- what it says

    private void publish(Effect.Publish publish, Session session) {
        int life = host.life();
        world.timeline().in(world.chances().commit(), () -> {
            // What a process has sent comes before anything that its successor reads or sends over the same session.
            boolean isOvertaken = host.life() != life && host.isAgentUp();
            boolean arrives = !isOvertaken
                    && host.isOnline()
                    && !session.isEnded()
                    && !world.chances().fault(30);
            boolean written = arrives && publish.holdings().stream().allMatch(h -> mayWrite(h, session));
            if (written) {
                say("says " + publish.holdings().size());
                publish.holdings().forEach(world.facts()::hold);
                world.facts().say(publish.reports());
                world.changed();
            }
            Duration reply = world.chances().commit();
            world.timeline().in(reply, () -> comeBack(publish, written ? Result.DONE : unknown(), life));
        });
    }

    private boolean mayWrite(Holding holding, Session session) {
        return holding.state() != HoldingState.ACQUIRING
                || world.facts()
                        .view()
                        .assignment(holding.service())
                        .ownerOn(host.node(), session.incarnation)
                        .filter(o -> o.generation() == holding.generation())
                        .isPresent();
    }

    private static Result unknown() {
        return new Result(Outcome.UNKNOWN, "no reply");
    }

    // ---- what it runs

    private void start(Effect.Start start) {
        int life = host.life();
        world.invariants().startIsDecided(host, start.run());
        world.timeline().in(world.chances().disk(), () -> launch(start, life));
    }

    /** The intent is on the disk. The runner looks at the lease once more, at the last moment. */
    private void launch(Effect.Start start, int life) {
        if (host.life() != life) {
            return;
        }
        if (!host.mayAct()) {
            host.whenAwake(() -> launch(start, life));
            return;
        }
        Run run = start.run();
        boolean over =
                (run.exclusive() && !host.holds()) || host.local().killing().contains(run.service());
        if (over || !host.isInLife(run.incarnation())) {
            ended(start, Result.failed("the lease is over"), INSTANT);
            return;
        }
        say("starts " + run.service() + " " + run.generation());
        host.processes().put(run.service(), Processes.Proc.of(run));
        world.invariants().startBegins(host, run);
        Chances.Command command = world.chances().command(Verb.START);
        world.timeline().in(command.takes(), () -> startEnds(start, command.result(), life));
    }

    private void startEnds(Effect.Start start, Result planned, int life) {
        Run run = start.run();
        Processes.Proc proc = host.processes().all().get(run.service());
        boolean there = host.isOn() && proc != null && proc.generation() == run.generation() && proc.starting();
        Result outcome = there ? planned : Result.failed("killed");
        if (there && planned.succeeded()) {
            // Where no agent sees it end, nobody would know that it has left no processes (docs/guarantees.md).
            boolean hasProcesses = !world.chances().oneIn(6) || host.life() != life || !host.mayAct();
            host.processes().started(run.service(), run.generation(), hasProcesses);
            outcome = new Result(Outcome.SUCCEEDED, "", hasProcesses);
        } else if (there && mayStick(run) && world.chances().fault(10)) {
            stick(run.service());
            outcome = new Result(Outcome.UNKNOWN, "something is left");
        } else if (there) {
            host.processes().kill(run.service(), world.timeline().nanos());
        }
        Result result = isOver(run) ? outcome.whenCutOff() : outcome;
        say("start " + result.outcome() + " " + run.service() + " " + run.generation());
        comeBack(start, result, life);
    }

    private void stop(Effect.Stop stop) {
        int life = host.life();
        world.timeline().in(world.chances().disk(), () -> launch(stop, life));
    }

    /** What the warden kills is not stopped after that any more; and of what runs no more, not after the lease. */
    private void launch(Effect.Stop stop, int life) {
        if (host.life() != life) {
            return;
        }
        if (!host.mayAct()) {
            host.whenAwake(() -> launch(stop, life));
            return;
        }
        Run run = stop.run();
        if (run.exclusive() && run.contained() && !mayStop(run)) {
            ended(stop, stopped(run, Result.failed("the lease is over").whenCutOff(), false), INSTANT);
            return;
        }
        world.invariants().stopBegins(host, run);
        runStop(run, result -> comeBack(stop, result, life));
    }

    private boolean mayStop(Run run) {
        return host.isInLife(run.incarnation()) && (run.isGone() ? host.holds() : !isOver(run));
    }

    /** Runs the stop command to its end, or until it is killed together with what it stops. */
    private void runStop(Run run, Consumer<Result> then) {
        say("stops " + run.service() + " " + run.generation() + (run.contained() ? "" : ", which has no processes"));
        Processes.Stop stop = new Processes.Stop(
                run,
                () -> world.timeline().in(INSTANT, () -> {
                    say("stop cut off " + run.service() + " " + run.generation());
                    Result killed = Result.failed("killed");
                    then.accept(stopped(run, run.contained() ? killed.whenCutOff() : killed, false));
                }));
        host.processes().stops(stop);
        world.invariants().stopIsAtWork(host, run);
        Chances.Command command = world.chances().command(Verb.STOP);
        world.timeline().in(command.takes(), () -> {
            if (host.processes().stopped(stop)) {
                if (!command.result().succeeded()
                        && isMine(run)
                        && mayStick(run)
                        && world.chances().fault(2)) {
                    stick(run.service());
                }
                say("stop ends " + run.service() + " " + run.generation());
                world.invariants().stopEnds(host, run);
                then.accept(stopped(run, command.result(), true));
            }
        });
    }

    /** After the command what is left is killed. */
    private Result stopped(Run run, Result result, boolean ranToItsEnd) {
        long now = world.timeline().nanos();
        boolean gone = isMine(run)
                && (ranToItsEnd
                        ? host.processes().end(run.service(), now)
                        : host.processes().kill(run.service(), now));
        return gone ? result : Result.unknown("something is left");
    }

    private boolean isMine(Run run) {
        Processes.Proc proc = host.processes().all().get(run.service());
        return proc == null || proc.generation() == run.generation();
    }

    private boolean isOver(Run run) {
        return host.isOverdue(Processes.Proc.of(run));
    }

    /** Nothing makes an operator's word untrue. */
    private boolean mayStick(Run run) {
        return run.contained() && !world.isConfirmed(run.service());
    }

    /** What is left can't be killed for a while. */
    private void stick(ServiceName service) {
        long until =
                world.timeline().nanos() + world.chances().between(500, 15_000).toNanos();
        host.processes().stuck(service, until);
        world.timeline().at(until, () -> host.lose(service));
    }

    /** Of what has no processes the stop command is all there is. */
    private void kill(Effect.Kill kill) {
        Run run = kill.run();
        boolean gone = killNow(run.service());
        if (gone && !run.contained() && !run.state().isBusy()) {
            int life = host.life();
            runStop(run, result -> comeBack(kill, result, life));
        } else {
            ended(kill, gone ? Result.DONE : Result.unknown("something is left"), INSTANT);
        }
    }

    private boolean killNow(ServiceName service) {
        say("kills " + service);
        Processes.Proc proc = host.processes().all().get(service);
        boolean overdue = proc != null && host.isOverdue(proc);
        host.processes().endStops(s -> s.run().service().equals(service));
        boolean gone = host.processes().kill(service, world.timeline().nanos());
        if (!gone && overdue) {
            say("watchdog");
            host.powerOff();
            return true;
        }
        return gone;
    }

    /** At the end of the lease and of each stop-grace after it: what the agent has not ended, it ends. */
    void warden(Session session) {
        if (!host.isOn() || host.session().filter(s -> s == session).isEmpty()) {
            return;
        }
        Lease lease = session.lease(world.timeline().nanos());
        if (!lease.permits(world.timeline().now())) {
            host.processes().endExclusiveRecoveries();
        }
        Map<ServiceName, Processes.Proc> running =
                new TreeMap<>(host.processes().all());
        running.forEach((service, proc) -> {
            if (!proc.exclusive() || !proc.contained() || !host.isOn()) {
                return;
            }
            if (proc.isOverdue(lease, world.timeline().now())) {
                killNow(service);
                noticeLost(service);
            } else if (!lease.permits(world.timeline().now())) {
                world.timeline().at(lease.endNanos() + proc.grace().toNanos(), () -> warden(session));
            }
        });
        for (Processes.Stop stop : List.copyOf(host.processes().stops())) {
            Duration grace = stop.run().stopGrace();
            if (stop.isGuarded() && lease.isOverSince(grace, world.timeline().now())) {
                host.processes().endStops(stop::equals);
            } else if (stop.isGuarded() && !lease.permits(world.timeline().now())) {
                world.timeline().at(lease.endNanos() + grace.toNanos(), () -> warden(session));
            }
        }
        world.invariants().leaseOver(host, lease);
    }

    /** The agent looks now and then whether what it started is still there. */
    void noticeLost(ServiceName service) {
        world.timeline().in(world.chances().between(20, 500), () -> lookFor(service));
    }

    private void lookFor(ServiceName service) {
        if (!host.mayAct()) {
            host.whenAwake(() -> lookFor(service));
        } else if (!host.processes().has(service)) {
            Optional.ofNullable(host.local().runs().get(service)).ifPresent(this::vanished);
        }
    }

    /** Its monitor finds that it does not work. */
    void noticeFailing(ServiceName service) {
        Run run = host.local().runs().get(service);
        if (run != null && host.mayAct() && host.processes().has(service)) {
            host.local(host.local().failing(service, run.generation(), "exit 1"));
        }
    }

    private void vanished(Run run) {
        LocalState known = host.local();
        host.local(
                isOver(run)
                        ? known.killed(run.service(), run.generation(), "killed by the warden")
                        : known.lost(run.service(), run.generation(), "nothing of it runs any more"));
    }

    // ---- errands

    private void notify(Effect.Notify notify) {
        Chances.Command command = world.chances().command(Verb.NOTIFY);
        int life = host.life();
        world.timeline().in(command.takes(), () -> {
            say("notified " + notify.service() + " " + notify.generation());
            world.invariants().notified(host, notify);
            comeBack(notify, command.result(), life);
        });
    }

    /** It runs in the service's container, under the same lease: what kills it is the warden. */
    private void recover(Effect.Recover recover) {
        if (recover.exclusive() && !host.holds()) {
            ended(recover, Result.failed("the lease is over"), INSTANT);
            return;
        }
        say("recovers " + recover.service() + " " + recover.generation());
        host.processes().recovers(recover.service(), recover.generation(), recover.exclusive());
        world.invariants().recoveryBegins(host, recover);
        Chances.Command command = world.chances().command(Verb.RECOVERY);
        int life = host.life();
        world.timeline().in(command.takes(), () -> {
            boolean there = host.processes().recovered(recover.service(), recover.generation());
            Result result = there ? command.result() : Result.failed("killed");
            if (host.life() == life) {
                say("recovery " + result.outcome() + " " + recover.service());
                world.invariants().recoveryEnds(host, recover, result);
            }
            comeBack(recover, result, life);
        });
    }
}
