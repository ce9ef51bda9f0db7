package io.stead.agent.action;

import io.stead.model.spec.Verb;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The runs that this runner waits for, by what their files begin with. Any thread. */
final class LiveRuns {
    private final Map<Path, Run> runs = new ConcurrentHashMap<>();

    /** One of them. */
    record Run(String service, Verb verb, long generation, CountDownLatch over, AtomicBoolean isCalledOff) {
        private boolean goesBefore(ActionCall call) {
            return service.equals(call.service()) && verb == call.verb() && generation < call.generation();
        }
    }

    Run begin(Path base, ActionCall call) {
        Run mine = new Run(
                call.service(), call.verb(), call.generation(), new CountDownLatch(1), new AtomicBoolean(false));
        if (runs.putIfAbsent(base, mine) != null) {
            throw new IllegalStateException(call.key() + " of " + call.service() + " is running already");
        }
        return mine;
    }

    void end(Path base) {
        Run ended = runs.remove(base);
        if (ended != null) {
            ended.over.countDown();
        }
    }

    boolean has(Path base) {
        return runs.containsKey(base);
    }

    Set<String> services() {
        return runs.values().stream().map(Run::service).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What an older generation has begun ends first, within its time limit, so that the newest has the last word. It is not cut
     * short: of a service that is registered on several nodes each owner has a generation of its own, and all of them count.
     */
    void awaitOlder(ActionCall call) throws InterruptedException {
        for (Run other : runs.values()) {
            if (other.goesBefore(call)) {
                other.over.await();
            }
        }
    }

    /** Whoever is given a service need not be notified of it any more: what has not been launched yet never will be. */
    void callOffNotifies(String service) {
        for (Run run : runs.values()) {
            if (run.verb == Verb.NOTIFY && run.service.equals(service)) {
                run.isCalledOff.set(true);
            }
        }
    }
}
