package io.stead.agent.action;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts that stand ready, one to a service at most: their launchers wait for the word. To fork, to enter a cgroup and to
 * look at the file takes longer than anything else in a failover, and none of it needs to wait until the node holds.
 *
 * <pre>
 *   ready ── taken by its own run ── executes
 *     │└──── taken by another run of the service ── sent away before that begins
 *     └───── not taken for a while ── sent away
 * </pre>
 *
 * Any thread.
 */
final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Start> starts = new ConcurrentHashMap<>();
    private final Preparation preparation;
    private final Completion completion;
    private final LiveRuns live;

    Standby(Preparation preparation, Completion completion, LiveRuns live) {
        this.preparation = preparation;
        this.completion = completion;
        this.live = live;
    }

    /** {@code readied} is empty where nothing could be made ready: the run itself will tell why. */
    private record Start(
            ActionCall call, CompletableFuture<Optional<Launcher.Readied>> readied, CountDownLatch taken) {}

    /**
     * Makes a start ready, unless anything of its service is at work. Returns when it was taken, or sent away because nobody
     * came for it.
     */
    void ready(ActionCall call) throws InterruptedException {
        Start mine = new Start(call, new CompletableFuture<>(), new CountDownLatch(1));
        if (starts.putIfAbsent(call.service(), mine) != null) {
            return;
        }
        // A run that begins from here on finds it.
        boolean isAtWork = live.services().contains(call.service());
        Optional<Launcher.Readied> readied = Optional.empty();
        try {
            readied = isAtWork ? Optional.empty() : launched(call);
        } finally {
            mine.readied.complete(readied);
        }
        if (readied.isEmpty() || !mine.taken.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            if (starts.remove(call.service(), mine)) {
                dismiss(mine);
            }
        }
    }

    /** What stands ready for this very call. Anything else that stands ready for its service is sent away first. */
    Optional<Launcher.Readied> take(ActionCall call) throws IOException, InterruptedException {
        Start start = starts.remove(call.service());
        if (start == null) {
            return Optional.empty();
        }
        start.taken.countDown();
        Optional<Launcher.Readied> readied = start.readied.join();
        if (start.call.equals(call)
                && readied.filter(r -> r.launched().process().isAlive()).isPresent()) {
            return readied;
        }
        if (readied.isPresent() && !completion.dismiss(start.call, readied.get())) {
            throw new IOException("a launcher that stood ready can't be ended");
        }
        return Optional.empty();
    }

    private Optional<Launcher.Readied> launched(ActionCall call) throws InterruptedException {
        try {
            return preparation.flaw(call).isPresent() ? Optional.empty() : Optional.of(preparation.launch(call));
        } catch (IOException e) {
            LOG.debug("service={} ready=no reason=\"{}\"", call.service(), e.getMessage());
            return Optional.empty();
        }
    }

    private void dismiss(Start start) throws InterruptedException {
        try {
            if (start.readied.join().isPresent()) {
                completion.dismiss(start.call, start.readied.join().get());
            }
        } catch (IOException e) {
            LOG.warn("service={} launcher=not-dismissed reason=\"{}\"", start.call.service(), e.getMessage());
        }
    }
}
