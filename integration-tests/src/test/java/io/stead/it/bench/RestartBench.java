package io.stead.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long nobody renews the node's lease when its agent is restarted (C4): seen by the deadline that is told to the warden with
 * each renewal.
 */
final class RestartBench {
    private static final int ROUNDS = 9;
    private static final String NODE = "n1";

    private RestartBench() {}

    static void run(Trial trial) throws IOException, InterruptedException {
        Figures planned = new Figures("agent replaced: told to stop -> the next one renews", "ms", "100 ms median");
        Figures killed = new Figures("agent killed and started -> it renews again", "ms", "1500 ms median");
        for (int i = 0; i < ROUNDS; i++) {
            TimeUnit.SECONDS.sleep(2);
            Renewals renewals = new Renewals(trial.volatileDirectory(NODE).resolve("warden/deadline"));
            trial.replace(NODE).waitFor();
            TimeUnit.SECONDS.sleep(1);
            Instant taken = renewals.firstAfter(trial.saidAt(NODE, "resumed=true"));
            planned.add(millis(trial.saidAt(NODE, "replace="), taken));

            TimeUnit.SECONDS.sleep(2);
            trial.kill(NODE);
            Instant before = Instant.now();
            trial.start(NODE);
            TimeUnit.SECONDS.sleep(3);
            killed.add(millis(before, renewals.firstAfter(before)));
            renewals.close();
        }
        planned.print();
        killed.print();
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    /** When the deadline was moved, by a look each millisecond. */
    private static final class Renewals implements AutoCloseable {
        private final Path deadline;
        private final List<Instant> seen = new CopyOnWriteArrayList<>();
        private volatile boolean isOver;

        Renewals(Path deadline) {
            this.deadline = deadline;
            Thread.ofPlatform().daemon().name("renewals").start(this::look);
        }

        private void look() {
            String last = "";
            while (!isOver) {
                String now = text();
                if (!now.equals(last)) {
                    seen.add(Instant.now());
                    last = now;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }

        private String text() {
            try {
                return Files.readString(deadline);
            } catch (IOException e) {
                return "";
            }
        }

        Instant firstAfter(Instant moment) {
            return seen.stream()
                    .filter(at -> at.isAfter(moment))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the lease of " + NODE + " is not renewed"));
        }

        @Override
        public void close() {
            isOver = true;
        }
    }
}
