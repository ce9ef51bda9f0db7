package io.stead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreachableTest {
    @Test
    void whatLasts_isSaidAtGrowingDistances() {
        assertThat(said(Unreachable.atOnce("zk1:2181", 0), 0, 1000)).containsExactly(0L, 10L, 60L, 300L, 600L, 900L);
    }

    @Test
    void aConnectionThatIsLost_isWorthAWordAfterAWhile() {
        assertThat(said(Unreachable.inAWhile("zk1:2181", 0), 0, 400)).containsExactly(10L, 60L, 300L);
    }

    @Test
    void whatIsLookedAtSeldom_isNotMadeUpFor() {
        Unreachable unreachable = Unreachable.atOnce("zk1:2181", 0);

        assertThat(unreachable.due(false, nanos(70))).contains(Duration.ofSeconds(70));
        assertThat(unreachable.due(false, nanos(80))).isEmpty();
        assertThat(unreachable.due(false, nanos(300))).contains(Duration.ofMinutes(5));
    }

    @Test
    void whenItIsReached_allBeginsAnew() {
        Unreachable unreachable = Unreachable.inAWhile("zk1:2181", 0);
        said(unreachable, 0, 100);

        assertThat(unreachable.due(true, nanos(100))).isEmpty();

        assertThat(said(unreachable, 101, 120)).containsExactly(10L);
    }

    private static List<Long> said(Unreachable unreachable, int from, int to) {
        List<Long> said = new ArrayList<>();
        for (int second = from; second < to; second++) {
            unreachable.due(false, nanos(second)).ifPresent(age -> said.add(age.toSeconds()));
        }
        return said;
    }

    private static long nanos(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
