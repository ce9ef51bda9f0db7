package io.stead.agent.node;

import io.stead.agent.loop.Mailbox;
import io.stead.agent.warden.Guarded;
import io.stead.agent.warden.Warden;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.model.view.NodeView;
import io.stead.reconcile.Effect;
import io.stead.reconcile.Errand;
import io.stead.reconcile.Lease;
import io.stead.reconcile.LocalState;
import io.stead.reconcile.Reconciler;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import io.stead.reconcile.Work;
import io.stead.schema.store.NodeStore;
import io.stead.schema.znode.WriteOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does in one life: reconcile, begin the effects, take note of their ends. Belongs to the deciding thread; the
 * effects run on virtual threads and come back through the mailbox.
 */
public final class NodeDuty {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDuty.class);
    private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(50);
    private static final Duration FOR_GOOD = Duration.ofDays(10_000);

    private final Host host;
    private final Notes notes;
    private final Warden warden;
    private final NodeStore store;
    private final Mailbox mailbox;
    /** Exclusive services that are being recovered here: the warden guards the command. */
    private final Set<ServiceName> recovering = new HashSet<>();

    /** Changed by the deciding thread alone. */
    private volatile LocalState local;
    /** For whoever looks at containers; as of the last turn. */
    private volatile List<Run> watched = List.of();
    /** The services that are defined, given to somebody, or about here, as of the last turn. */
    private volatile Known known = Known.NOTHING_YET;

    private final Monitors monitors;
    private Optional<String> ending = Optional.empty();
    private long quietUntilNanos = System.nanoTime();
    private Map<ServiceName, String> waits = Map.of();
    private Set<Run> readied = Set.of();

    NodeDuty(Host host, Notes notes, Warden warden, NodeStore store, Mailbox mailbox, LocalState local) {
        this.host = host;
        this.notes = notes;
        this.warden = warden;
        this.store = store;
        this.mailbox = mailbox;
        this.local = local;
        this.monitors = new Monitors(host, mailbox, this::failing);
    }

    /** Why the session is to be ended, once reconcile has said so. */
    public Optional<String> ending() {
        return ending;
    }

    public LocalState local() {
        return local;
    }

    /** Decides and begins; returns when to look again at the latest. */
    public Duration turn(Lease lease, Now now) {
        Optional<NodeView> view = store.view();
        if (view.isEmpty()) {
            return Duration.ofSeconds(1);
        }
        store.watchHoldings(interest(view.get()));
        Work work = Reconciler.reconcile(view.get(), local, lease, now);
        sayWaits(work);
        known = known(view.get());
        makeReady(work.upcoming());
        for (Effect effect : work.effects()) {
            begin(effect, now);
        }
        watched = local.watched();
        monitors.keep(local.monitored());
        Duration next = work.reconsiderIn().orElse(Duration.ofSeconds(1));
        Duration quiet = Duration.ofNanos(quietUntilNanos - now.nanos());
        // After a refused publish: whatever was held back meanwhile is said then.
        return quiet.isPositive() && quiet.compareTo(next) < 0 ? quiet : next;
    }

    /** Goes on with what an earlier process had at work when it ended; the lease and the session are the same. */
    void resume() {
        for (Run run : local.runs().values()) {
            if (run.state() == RunState.STARTING) {
                LOG.info("resume=start service={} generation={}", run.service(), run.generation());
                carryOut(new Effect.Start(run), () -> host.resumeStart(run));
            }
        }
    }

    /** Its life is over: nothing is monitored for it any more. */
    public void close() {
        monitors.keep(List.of());
    }

    /** Looks whether services that ran have vanished. Any thread. */
    public void lookForLost() {
        for (Run run : watched) {
            try {
                if (host.isEmpty(run.service())) {
                    boolean isOver = host.isOver(run);
                    mailbox.post(() -> lost(run, isOver));
                }
            } catch (IOException e) {
                LOG.warn("service={} look=failed reason=\"{}\"", run.service(), e.getMessage());
            }
        }
    }

    /** Takes away what is kept of services that are no more. Any thread. */
    public void tidy() {
        Known now = known;
        if (now.view().isPresent()) {
            try {
                host.tidy(now.services());
            } catch (IOException e) {
                LOG.warn("tidy=failed reason=\"{}\"", e.getMessage());
            }
        }
    }

    /** Names by the view that they were gathered from: most turns find the same view. */
    private record Known(Optional<NodeView> view, Set<String> services) {
        static final Known NOTHING_YET = new Known(Optional.empty(), Set.of());
    }

    private Known known(NodeView view) {
        if (known.view().filter(v -> isSame(v, view)).isPresent()) {
            return known;
        }
        Set<String> names = new HashSet<>();
        view.services().keySet().forEach(s -> names.add(s.value()));
        view.unreadable().forEach(u -> u.service().ifPresent(s -> names.add(s.value())));
        view.assignments().values().stream()
                .filter(a -> !a.owners().isEmpty())
                .forEach(a -> names.add(a.service().value()));
        local.runs().keySet().forEach(s -> names.add(s.value()));
        return new Known(Optional.of(view), names);
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(NodeView one, NodeView other) {
        return one == other;
    }

    private void lost(Run run, boolean isOver) {
        LocalState before = local;
        local = isOver
                ? local.killed(run.service(), run.generation(), "killed by the warden")
                : local.lost(run.service(), run.generation(), "nothing of it runs any more");
        if (!local.equals(before)) {
            LOG.warn("service={} generation={} vanished", run.service(), run.generation());
        }
    }

    private void failing(Run run, String why) {
        LOG.warn("service={} generation={} monitor=failing reason=\"{}\"", run.service(), run.generation(), why);
        local = local.failing(run.service(), run.generation(), why);
    }

    private static void addOwn(Set<ServiceName> services, NodeView view) {
        for (Map.Entry<ServiceName, List<Holding>> entry : view.holdings().entrySet()) {
            for (Holding holding : entry.getValue()) {
                if (holding.node().equals(view.me()) && holding.state() != HoldingState.FREE) {
                    services.add(entry.getKey());
                }
            }
        }
    }

    private Set<ServiceName> interest(NodeView view) {
        Set<ServiceName> services = new HashSet<>(local.runs().keySet());
        view.mine().forEach(a -> services.add(a.service()));
        addOwn(services, view);
        return services;
    }

    private void sayWaits(Work work) {
        work.waits().forEach((service, why) -> {
            if (!why.equals(waits.get(service))) {
                LOG.info("service={} wait=\"{}\"", service, why);
            }
        });
        waits = work.waits();
    }

    /** Once each: what is not started soon after is sent away again. */
    private void makeReady(List<Run> upcoming) {
        for (Run run : upcoming) {
            if (!readied.contains(run)) {
                Thread.ofVirtual().name("stead-ready").start(() -> ready(run));
            }
        }
        readied = Set.copyOf(upcoming);
    }

    private void ready(Run run) {
        try {
            host.ready(run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Effect effect, Now now) {
        if (effect instanceof Effect.Publish publish) {
            if (now.nanos() - quietUntilNanos >= 0) {
                local = local.begun(effect);
                publish(publish);
            }
            return;
        }
        local = local.begun(effect);
        if (!guard(effect)) {
            return;
        }
        switch (effect) {
            case Effect.Start start -> {
                LOG.info(
                        "start service={} generation={}",
                        start.run().service(),
                        start.run().generation());
                carryOut(start, () -> host.start(start));
            }
            case Effect.Stop stop -> {
                LOG.info(
                        "stop service={} generation={}",
                        stop.run().service(),
                        stop.run().generation());
                carryOut(stop, () -> host.stop(stop));
            }
            case Effect.Kill kill -> {
                LOG.warn(
                        "kill service={} generation={}",
                        kill.run().service(),
                        kill.run().generation());
                carryOut(kill, () -> host.kill(kill));
            }
            case Effect.Adopt adopt -> carryOut(adopt, () -> host.adopt(adopt));
            case Effect.Forget forget -> carryOut(forget, () -> host.forget(forget));
            case Effect.Notify notify ->
                carryOut(notify, () -> {
                    Result result = host.notify(notify);
                    return notes.ended(local.errands().keySet(), errand(notify), result);
                });
            case Effect.Recover recover -> carryOut(recover, () -> host.recover(recover));
            case Effect.EndSession end -> ending = Optional.of(end.why());
            case Effect.Publish _ -> throw new IllegalStateException("published above");
        }
    }

    private static Errand errand(Effect.Notify notify) {
        return new Errand(notify.service(), notify.generation(), Verb.NOTIFY);
    }

    /** The warden knows of everything exclusive before it starts; without it nothing exclusive may start. */
    private boolean guard(Effect effect) {
        if (effect instanceof Effect.Recover recover && recover.exclusive()) {
            recovering.add(recover.service());
        }
        List<Guarded> guarded = new ArrayList<>();
        for (Run run : local.guarded()) {
            guarded.add(new Guarded(
                    run.service().value(), run.stopGrace(), run.actions().startsUnit()));
        }
        for (ServiceName service : recovering) {
            if (!local.runs().containsKey(service)) {
                guarded.add(new Guarded(service.value(), Duration.ZERO));
            }
        }
        try {
            warden.setExclusive(guarded);
            return true;
        } catch (IOException e) {
            LOG.error("warden=untold reason=\"{}\"", e.getMessage());
            boolean begins = switch (effect) {
                case Effect.Start start -> start.run().exclusive();
                case Effect.Recover recover -> recover.exclusive();
                case Effect.Publish _,
                        Effect.Stop _,
                        Effect.Kill _,
                        Effect.Adopt _,
                        Effect.Forget _,
                        Effect.Notify _,
                        Effect.EndSession _ -> false;
            };
            if (begins) {
                ended(effect, Result.failed("the warden can't be told: " + e.getMessage()));
            }
            return !begins;
        }
    }

    private void carryOut(Effect effect, Callable<Result> deed) {
        Thread.ofVirtual().name("stead-effect").start(() -> {
            Result result = resultOf(deed);
            mailbox.post(() -> ended(effect, result));
        });
    }

    private static Result resultOf(Callable<Result> deed) {
        try {
            return deed.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(Outcome.UNKNOWN, "interrupted");
        } catch (Exception e) {
            LOG.error("effect=failed", e);
            return new Result(Outcome.UNKNOWN, e.toString());
        }
    }

    private void ended(Effect effect, Result result) {
        LOG.info("ended effect={} outcome={} detail=\"{}\"", name(effect), result.outcome(), result.detail());
        local = local.ended(effect, result);
        if (effect instanceof Effect.Recover recover) {
            recovering.remove(recover.service());
        }
    }

    private void publish(Effect.Publish publish) {
        mailbox.deliver(store.publish(publish.holdings(), publish.reports()), outcome -> published(publish, outcome));
    }

    private void published(Effect.Publish publish, WriteOutcome outcome) {
        boolean done = outcome instanceof WriteOutcome.Committed;
        local = local.ended(publish, done ? Result.DONE : Result.failed(outcome.toString()));
        if (done) {
            publish.holdings()
                    .forEach(h -> LOG.info(
                            "holding service={} generation={} state={}", h.service(), h.generation(), h.state()));
        } else {
            LOG.info("publish=refused reason=\"{}\"", outcome);
            boolean isOver = outcome instanceof WriteOutcome.SessionGone;
            quietUntilNanos = System.nanoTime() + (isOver ? FOR_GOOD : AFTER_A_REFUSAL).toNanos();
        }
    }

    private static String name(Effect effect) {
        return switch (effect) {
            case Effect.Publish _ -> "publish";
            case Effect.Start e -> "start service=" + e.run().service();
            case Effect.Stop e -> "stop service=" + e.run().service();
            case Effect.Kill e -> "kill service=" + e.run().service();
            case Effect.Adopt e -> "adopt service=" + e.run().service();
            case Effect.Forget e -> "forget service=" + e.run().service();
            case Effect.Notify e -> "notify service=" + e.service();
            case Effect.Recover e -> "recover service=" + e.service();
            case Effect.EndSession e -> "end-session reason=\"" + e.why() + '"';
        };
    }
}
