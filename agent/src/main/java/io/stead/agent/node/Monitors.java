package io.stead.agent.node;

import io.stead.agent.loop.Mailbox;
import io.stead.model.ServiceName;
import io.stead.model.spec.Monitor;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the monitors of what runs here, each after its own time and one at a time for a service, until one says that its service
 * does not work (C10). Belongs to the deciding thread; each monitor has a virtual thread of its own.
 */
final class Monitors {
    private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);

    private final Host host;
    private final Mailbox mailbox;
    private final BiConsumer<Run, String> failing;
    private final Map<ServiceName, Watch> watches = new HashMap<>();

    /** @param failing what to do with one that does not work, and why; on the deciding thread */
    Monitors(Host host, Mailbox mailbox, BiConsumer<Run, String> failing) {
        this.host = host;
        this.mailbox = mailbox;
        this.failing = failing;
    }

    /** These are to be watched from now on, and no others. */
    void keep(List<Run> monitored) {
        Set<ServiceName> kept = new HashSet<>();
        for (Run run : monitored) {
            kept.add(run.service());
            Watch known = watches.get(run.service());
            if (known == null || known.run.generation() != run.generation()) {
                end(run.service());
                watches.put(run.service(), begin(run));
            }
        }
        for (ServiceName service : List.copyOf(watches.keySet())) {
            if (!kept.contains(service)) {
                end(service);
            }
        }
    }

    private void end(ServiceName service) {
        Watch watch = watches.remove(service);
        if (watch != null) {
            watch.isOver = true;
        }
    }

    private Watch begin(Run run) {
        Watch watch = new Watch(run, run.actions().monitor().orElseThrow());
        Thread.ofVirtual().name("stead-monitor").start(watch);
        return watch;
    }

    /**
     * The watch over one run. What was killed together with its service says nothing of it. That it sleeps a while longer than its
     * run lives costs nothing.
     */
    private final class Watch implements Runnable {
        private final Run run;
        private final Monitor monitor;
        private volatile boolean isOver;

        Watch(Run run, Monitor monitor) {
            this.run = run;
            this.monitor = monitor;
        }

        @Override
        public void run() {
            try {
                for (int attempt = 1; !isOver; attempt++) {
                    Thread.sleep(monitor.every());
                    Optional<Result> bad =
                            isOver ? Optional.empty() : looked(attempt).filter(r -> !r.succeeded() && !r.cutOff());
                    if (bad.isPresent() && !isOver) {
                        mailbox.post(() -> failing.accept(run, bad.get().detail()));
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Optional<Result> looked(int attempt) throws InterruptedException {
            try {
                return host.monitor(run, monitor, attempt);
            } catch (IOException | RuntimeException e) {
                LOG.error("service={} monitor=unrun", run.service(), e);
                return Optional.empty();
            }
        }
    }
}
