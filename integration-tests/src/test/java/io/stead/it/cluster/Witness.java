package io.stead.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every few milliseconds, for as long as a service is watched, on which nodes it really lives, and remembers when it has
 * seen it live on two at once. "At once" is proven and not guessed: the first node is looked at again after the second, and
 * must show the same process, or give the same answer, as before.
 */
public final class Witness implements AutoCloseable {
    private static final long PAUSE_NANOS = 5_000_000;
    /** To ask for an answer costs more than all the rest, and whatever answers has a process, too. */
    private static final int ROUNDS_PER_ANSWER = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Reality reality;
    private final List<String> nodes;
    private final Map<String, Play> watched = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> twice = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, List<Stay>> stays = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean over;
    private final AtomicLong rounds = new AtomicLong();

    /**
     * A service's time on a node, as the witness saw it.
     *
     * @param from when it was first seen, in the time of {@link System#nanoTime}
     * @param until when it was last seen
     */
    public record Stay(String node, long from, long until) {}

    Witness(Reality reality, List<String> nodes) {
        this.reality = reality;
        this.nodes = nodes;
        this.thread = Thread.ofPlatform().daemon().name("witness").start(this::look);
    }

    /** Watches a one-node service from now on. */
    void watch(Play play) {
        watched.put(play.name(), play);
    }

    void forget(Play play) {
        watched.remove(play.name());
        stays.remove(play.name());
    }

    /** Where the service is at this moment: where it answers, or where something of it runs. */
    public List<String> where(Play play) {
        return nodes.stream().filter(n -> isOn(n, play)).toList();
    }

    /** Waits until the service is on that node and on no other. */
    public void awaitOn(Play play, String node) {
        await(play.name() + " on " + node + " alone")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(where(play)).containsExactly(node));
    }

    /** Waits until the service is on one node and on no other, and returns which. */
    public String awaitOnOne(Play play) {
        await(play.name() + " on one node")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(where(play)).hasSize(1));
        return where(play).getFirst();
    }

    /** Waits until the service is on one node that is not this, and returns which. */
    public String awaitElsewhere(Play play, String node) {
        await(play.name() + " on one node, and not on " + node)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(where(play)).hasSize(1).doesNotContain(node));
        return where(play).getFirst();
    }

    /** Waits until nothing of the service is anywhere. */
    public void awaitNowhere(Play play) {
        await(play.name() + " nowhere")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(where(play)).isEmpty());
    }

    /** The processes that a service has on a node now. */
    public Set<Long> processes(Play play, String node) {
        return reality.processes(node, play);
    }

    /** The times the service has spent on nodes since it is watched. */
    public List<Stay> stays(Play play) {
        List<Stay> seen = stays.getOrDefault(play.name(), List.of());
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** That nothing was ever on two nodes, and that no web server escaped from where it belongs. */
    void check() {
        long seen = rounds.get();
        await("a round of the witness").atMost(PATIENCE).until(() -> rounds.get() > seen + ROUNDS_PER_ANSWER);
        assertThat(twice).as("services seen on two nodes at once").isEmpty();
        for (Play play : watched.values()) {
            assertThat(reality.servers(play))
                    .as("web servers of %s", play.name())
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private void look() {
        while (!over) {
            for (Play play : watched.values()) {
                look(play);
                if (play.isWeb() && rounds.get() % ROUNDS_PER_ANSWER == 0) {
                    lookAtAnswers(play);
                }
            }
            rounds.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void look(Play play) {
        Map<String, Set<Long>> running = new TreeMap<>();
        for (String node : nodes) {
            Set<Long> pids = reality.processes(node, play);
            if (!pids.isEmpty()) {
                running.put(node, pids);
                note(play, node);
            }
        }
        if (running.size() > 1) {
            Map.Entry<String, Set<Long>> first = running.entrySet().iterator().next();
            if (reality.processes(first.getKey(), play).stream().anyMatch(first.getValue()::contains)) {
                twice.add(play.name() + " ran at once: " + running);
            }
        }
    }

    private void lookAtAnswers(Play play) {
        Map<String, String> answers = new TreeMap<>();
        for (String node : nodes) {
            reality.answer(node, play).ifPresent(said -> answers.put(node, said));
        }
        if (answers.size() > 1) {
            String first = answers.keySet().iterator().next();
            if (reality.answer(first, play).equals(Optional.ofNullable(answers.get(first)))) {
                twice.add(play.name() + " answered at once: " + answers);
            }
        }
    }

    private void note(Play play, String node) {
        long now = System.nanoTime();
        List<Stay> all = stays.computeIfAbsent(play.name(), _ -> new ArrayList<>());
        synchronized (all) {
            if (!all.isEmpty() && all.getLast().node().equals(node)) {
                all.set(all.size() - 1, new Stay(node, all.getLast().from(), now));
            } else {
                all.add(new Stay(node, now, now));
            }
        }
    }

    private boolean isOn(String node, Play play) {
        return play.isWeb()
                ? reality.answer(node, play).isPresent()
                : !reality.processes(node, play).isEmpty();
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
