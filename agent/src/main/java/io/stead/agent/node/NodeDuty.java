package io.stead.agent.node;

import io.stead.agent.loop.Mailbox;
import io.stead.agent.warden.Guarded;
import io.stead.agent.warden.Warden;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Outcome;
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
import java.util.concurrent.ConcurrentHashMap;
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
    /** Services of which something ran when their start had ended: nothing left of one means that it was lost. */
    private final Set<ServiceName> watched = ConcurrentHashMap.newKeySet();

    private LocalState local;
    private Optional<String> ending = Optional.empty();
    private long quietUntilNanos = System.nanoTime();
    private Map<ServiceName, String> waits = Map.of();

    NodeDuty(Host host, Notes notes, Warden warden, NodeStore store, Mailbox mailbox, LocalState local) {
        this.host = host;
        this.notes = notes;
        this.warden = warden;
        this.store = store;
        this.mailbox = mailbox;
        this.local = local;
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
        for (Effect effect : work.effects()) {
            begin(effect, now);
        }
        return work.reconsiderIn().orElse(Duration.ofSeconds(1));
    }

    /** Goes on with what an earlier process had at work when it ended; the lease and the session are the same. */
    void resume() {
        for (Run run : local.runs().values()) {
            if (run.state() == RunState.STARTING) {
                LOG.info("resume=start service={} generation={}", run.service(), run.generation());
                carryOut(new Effect.Start(run), () -> host.resumeStart(run));
            } else if (run.state() == RunState.STARTED) {
                watch(run.service());
            }
        }
    }

    /** Looks whether services that ran have vanished. Any thread. */
    public void lookForLost() {
        for (ServiceName service : Set.copyOf(watched)) {
            try {
                if (host.isEmpty(service) && watched.remove(service)) {
                    mailbox.post(() -> lost(service));
                }
            } catch (IOException e) {
                LOG.warn("service={} look=failed reason=\"{}\"", service, e.getMessage());
            }
        }
    }

    private void lost(ServiceName service) {
        local = local.lost(service, "nothing of it runs any more");
        LOG.warn("service={} state=lost", service);
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
                watched.remove(stop.run().service());
                LOG.info(
                        "stop service={} generation={}",
                        stop.run().service(),
                        stop.run().generation());
                carryOut(stop, () -> host.stop(stop));
            }
            case Effect.Kill kill -> {
                watched.remove(kill.run().service());
                LOG.warn(
                        "kill service={} generation={}",
                        kill.run().service(),
                        kill.run().generation());
                carryOut(kill, () -> host.kill(kill));
            }
            case Effect.Adopt adopt -> carryOut(adopt, () -> host.adopt(adopt));
            case Effect.Forget forget -> carryOut(forget, () -> host.forget(forget));
            case Effect.Notify notify -> carryOut(notify, () -> host.notify(notify));
            case Effect.Recover recover -> carryOut(recover, () -> host.recover(recover));
            case Effect.EndSession end -> ending = Optional.of(end.why());
            case Effect.Publish _ -> throw new IllegalStateException("published above");
        }
    }

    /** The warden knows of every exclusive service before it starts; without it nothing exclusive may start. */
    private boolean guard(Effect effect) {
        List<Guarded> guarded = new ArrayList<>();
        for (Run run : local.runs().values()) {
            if (run.exclusive() && !run.state().isOver()) {
                guarded.add(new Guarded(run.service().value(), run.stopGrace()));
            }
        }
        try {
            warden.setExclusive(guarded);
            return true;
        } catch (IOException e) {
            LOG.error("warden=untold reason=\"{}\"", e.getMessage());
            boolean starts = effect instanceof Effect.Start start && start.run().exclusive();
            if (starts) {
                local = local.ended(effect, Result.failed("the warden can't be told: " + e.getMessage()));
            }
            return !starts;
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
        if (effect instanceof Effect.Start start && result.succeeded()) {
            watch(start.run().service());
        }
        if (effect instanceof Effect.Notify) {
            writeNotes(local.errands());
        }
    }

    private void watch(ServiceName service) {
        try {
            if (!host.isEmpty(service)) {
                watched.add(service);
            }
        } catch (IOException e) {
            LOG.warn("service={} look=failed reason=\"{}\"", service, e.getMessage());
        }
    }

    private void writeNotes(Map<Errand, Optional<Result>> errands) {
        try {
            notes.put(errands);
        } catch (IOException e) {
            LOG.error("notes=unwritten reason=\"{}\"", e.getMessage());
        }
    }

    private void publish(Effect.Publish publish) {
        var _ = store.publish(publish.holdings(), publish.reports())
                .thenAccept(outcome -> mailbox.post(() -> published(publish, outcome)));
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
