package io.stead.simulate.world;

import io.stead.model.spec.Verb;
import io.stead.reconcile.Result;
import java.time.Duration;
import java.util.Random;

/** What is left to chance, all of it from one seed; calm once the faults are over. */
final class Chances {
    /** From this seed on operators know the newer wishes, too: the courses of the seeds before stay what they were. */
    static final long NEWER = 1_000_000;

    private final Random random;
    private final boolean newer;
    private boolean calm;

    Chances(long seed) {
        this.random = new Random(seed);
        this.newer = seed >= NEWER;
    }

    boolean isNewer() {
        return newer;
    }

    /** From now on nothing fails, and nothing is slow. */
    void calmDown() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** Something that goes wrong once in so many times, while anything does. */
    boolean fault(int oneIn) {
        return oneIn(oneIn) && !calm;
    }

    Duration between(long fromMillis, long toMillis) {
        return Duration.ofNanos(fromMillis * 1_000_000 + random.nextLong((toMillis - fromMillis) * 1_000_000 + 1));
    }

    /** How long until somebody sees a change. */
    Duration sight() {
        return fault(12) ? between(50, 3_000) : between(1, 20);
    }

    /** How long a transaction is under way. */
    Duration commit() {
        return fault(12) ? between(20, 2_000) : between(2, 15);
    }

    /** How long until something is on the disk. */
    Duration disk() {
        return fault(12) ? between(20, 2_000) : between(0, 5);
    }

    /** How long a command takes, and how it ends. */
    Command command(Verb verb) {
        int timeoutMillis = 10_000;
        boolean hangs = fault(25);
        boolean fails = hangs || fault(verb == Verb.STOP ? 20 : 7);
        Duration takes = hangs ? Duration.ofMillis(timeoutMillis) : fault(5) ? between(200, 4_000) : between(5, 200);
        return new Command(takes, fails ? Result.failed(hangs ? "timed out" : "exit 1") : Result.DONE);
    }

    /** One command, as it will turn out. */
    record Command(Duration takes, Result result) {}
}
