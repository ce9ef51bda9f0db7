package io.stead.simulate.world;

import java.time.Duration;
import java.util.List;

/** One cluster's course from one seed: it comes up, is plagued for a minute or two, is mended, and must come to rest. */
public final class Course {
    private static final Duration REST = Duration.ofMinutes(4);

    private final long seed;
    private final World world;

    private Course(long seed, boolean traced) {
        this.seed = seed;
        this.world = new World(new Chances(seed), traced);
    }

    /**
     * What came of it.
     *
     * @param hash of all that happened, in order
     * @param lines all that happened, where it was to be kept
     * @param events how many
     */
    public record Outcome(long hash, List<String> lines, long events) {}

    /** Prints the hash of each seed's course. */
    public static void main(String[] seeds) {
        for (String seed : seeds) {
            System.out.println(seed + " " + run(Long.parseLong(seed)).hash());
        }
    }

    /** Runs the seed; a {@link Violation} names it and what to do. */
    public static Outcome run(long seed) {
        return new Course(seed, false).run();
    }

    /** Runs the seed once more, and tells all that happened, the violation last. */
    public static Outcome trace(long seed) {
        Course course = new Course(seed, true);
        try {
            return course.run();
        } catch (AssertionError e) {
            course.world.trace().say("", String.valueOf(e.getMessage()));
            return course.outcome();
        }
    }

    private Outcome run() {
        try {
            live();
        } catch (Violation | RuntimeException e) {
            throw new AssertionError(
                    "seed %d after %.6f s: %s%nSee what happened: mvn -o -Dquick -pl common test -Dtest=CoursesTest -Dstead.simulate.seed=%d"
                            .formatted(seed, world.timeline().nanos() / 1e9, e, seed),
                    e);
        }
        return outcome();
    }

    private void live() {
        Chances chances = world.chances();
        int nodes = 2 + chances.pick(3);
        for (int i = 1; i <= nodes; i++) {
            Host host = world.add("n" + i);
            world.timeline().in(chances.between(0, 3_000), host::powerOn);
        }
        Chaos chaos = new Chaos(world);
        chaos.applyAll();
        world.timeline().in(chances.between(0, 5_000), chaos::rage);
        world.timeline().runUntil(chances.between(10_000, 90_000).toNanos());
        chaos.mend();
        world.timeline().runUntil(world.timeline().nanos() + REST.toNanos());
        Rest.check(world);
    }

    private Outcome outcome() {
        return new Outcome(
                world.trace().hash(), world.trace().lines(), world.timeline().happened());
    }
}
