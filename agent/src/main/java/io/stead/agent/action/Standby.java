package io.stead.agent.action;

import io.stead.model.spec.Verb;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts that stand ready, one to a service at most: their launchers wait for the word. To fork, to enter a cgroup and to
 * look at the file takes longer than anything else in a failover, and none of it needs to wait until the node holds.
 *
 * <pre>
 *   ready ── taken by its own run ── executes
 *     │└──── another start of the service runs ── sent away before that begins
 *     └───── any other run of it, or nobody comes for a while ── sent away
 * </pre>
 *
 * It is known here until nothing of it is left. Any thread.
 */
final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** More would only take the processor from what is due. */
    private static final int MOST = 32;

    private final Map<String, Start> starts = new ConcurrentHashMap<>();
    /** The newest generation of which a start was run: it is not made ready any more. */
    private final Map<String, Long> begun = new ConcurrentHashMap<>();

    private final Preparation preparation;
    private final Completion completion;
    private final LiveRuns live;

    Standby(Preparation preparation, Completion completion, LiveRuns live) {
        this.preparation = preparation;
        this.completion = completion;
        this.live = live;
    }

    /**
     * One of them.
     *
     * @param readied empty where nothing could be made ready: the run itself will tell why
     * @param isSpokenFor whether somebody has taken it, or sends it away; the first one does
     * @param unneeded opened when it is taken or to be sent away
     * @param gone when nothing of it is left
     */
    private record Start(
            ActionCall call,
            CompletableFuture<Optional<Launcher.Readied>> readied,
            AtomicBoolean isSpokenFor,
            CountDownLatch unneeded,
            CountDownLatch gone) {
        static Start of(ActionCall call) {
            return new Start(
                    call, new CompletableFuture<>(), new AtomicBoolean(), new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    /**
     * Makes a start ready, unless anything of its service is at work. Returns when it was taken, or sent away because it was
     * not needed or nobody came for it.
     */
    void ready(ActionCall call) throws InterruptedException {
        Start mine = Start.of(call);
        if (starts.size() >= MOST || starts.putIfAbsent(call.service(), mine) != null) {
            return;
        }
        try {
            // A run that begins from here on finds it.
            boolean isTooLate = live.services().contains(call.service())
                    || begun.getOrDefault(call.service(), -1L) >= call.generation();
            mine.readied.complete(isTooLate ? Optional.empty() : launched(call));
            if (mine.readied.join().isPresent()) {
                var _ = mine.unneeded.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            mine.readied.complete(Optional.empty());
            if (mine.isSpokenFor.compareAndSet(false, true)) {
                sendAway(mine);
            }
        }
    }

    /** What stands ready for this very start; another one is sent away first. */
    Optional<Launcher.Readied> take(ActionCall call) throws IOException, InterruptedException {
        if (call.verb() != Verb.START) {
            sendAway(call.service());
            return Optional.empty();
        }
        begun.merge(call.service(), call.generation(), Math::max);
        Start start = starts.get(call.service());
        if (start == null) {
            return Optional.empty();
        }
        if (!start.isSpokenFor.compareAndSet(false, true)) {
            start.gone.await();
            return Optional.empty();
        }
        Optional<Launcher.Readied> readied = start.readied.join();
        boolean isIt = start.call.equals(call)
                && readied.filter(r -> r.launched().process().isAlive()).isPresent();
        if (isIt) {
            forget(start);
            return readied;
        }
        if (!sendAway(start)) {
            throw new IOException("a launcher that stood ready can't be ended");
        }
        return Optional.empty();
    }

    /** Whether anything stands ready for a service, or has not gone yet. */
    boolean has(String service) {
        return starts.containsKey(service);
    }

    /** Has what stands ready for a service go, and does not wait: without the word it can't execute anything. */
    void sendAway(String service) {
        Start start = starts.get(service);
        if (start != null) {
            start.unneeded.countDown();
        }
    }

    /** Has all of them go, and waits until they have. */
    void sendAllAway() throws InterruptedException {
        for (Start start : starts.values()) {
            start.unneeded.countDown();
            start.gone.await();
        }
    }

    private Optional<Launcher.Readied> launched(ActionCall call) throws InterruptedException {
        try {
            return preparation.flaw(call).isPresent() ? Optional.empty() : Optional.of(preparation.launch(call));
        } catch (IOException e) {
            LOG.debug("service={} ready=no reason=\"{}\"", call.service(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns whether nothing is left of it. */
    private boolean sendAway(Start start) throws InterruptedException {
        try {
            Optional<Launcher.Readied> readied = start.readied.join();
            return readied.isEmpty() || completion.dismiss(start.call, readied.get());
        } catch (IOException e) {
            LOG.warn("service={} launcher=not-dismissed reason=\"{}\"", start.call.service(), e.getMessage());
            return false;
        } finally {
            forget(start);
        }
    }

    private void forget(Start start) {
        starts.remove(start.call.service(), start);
        start.unneeded.countDown();
        start.gone.countDown();
    }
}
