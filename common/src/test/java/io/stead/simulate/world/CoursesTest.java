package io.stead.simulate.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clusters from seeds, plagued by faults, in virtual time; the invariants (docs/invariants.md) are checked at every step.
 * {@code -Dstead.simulate.runs=N} runs so many seeds, {@code -Dstead.simulate.seed=S} that one alone and tells its course.
 */
@Tag("A22")
@Tag("B12")
@Tag("B20")
@Tag("B21")
final class CoursesTest {
    private static final long RUNS = Long.getLong("stead.simulate.runs", 10_000);

    @Test
    void everySeed_keepsTheInvariants() {
        Long seed = Long.getLong("stead.simulate.seed");
        if (seed != null) {
            Course.trace(seed).lines().forEach(System.out::println);
            Course.run(seed);
            return;
        }
        long from = Long.getLong("stead.simulate.from", 1);
        List<String> failures = LongStream.range(from, from + RUNS)
                .parallel()
                .mapToObj(CoursesTest::failure)
                .filter(f -> !f.isEmpty())
                .limit(20)
                .toList();
        assertThat(failures).isEmpty();
    }

    private static String failure(long seed) {
        try {
            Course.run(seed);
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Seeds that once found a bug in the planner, in reconcile or in the simulation itself. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                20, 45, 52, 67, 205, 239, 322, 703, 856, 1122, 1268, 1658, 1952, 2853, 6471, 8368, 8622, 8828, 9682,
                9902, 12_691, 13_016, 21_647
            })
    void formerFindings_stayMended(long seed) {
        assertThat(Course.run(seed).events()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sameSeed_sameCourse(long seed) {
        Course.Outcome once = Course.trace(seed);
        Course.Outcome again = Course.trace(seed);

        assertThat(again.lines()).isEqualTo(once.lines());
        assertThat(again.hash())
                .isEqualTo(once.hash())
                .isEqualTo(Course.run(seed).hash());
    }

    /** In another process every hash map is in another order: none of them may show. */
    @Test
    void sameSeed_sameCourseInAnotherProcess() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Course.class.getName(),
                        "4",
                        "5",
                        "6",
                        "7",
                        "8")
                .redirectErrorStream(true)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(other.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .containsExactlyElementsOf(LongStream.rangeClosed(4, 8)
                        .mapToObj(s -> s + " " + Course.run(s).hash())
                        .toList());
    }
}
