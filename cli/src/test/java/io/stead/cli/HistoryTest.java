package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.Specs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history, as it is kept and as it goes on. */
final class HistoryTest {
    private final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void begin() {
        cluster.up("n1", "n2");
        cluster.define(Specs.preferring("db", "n1", "n2"));
        cluster.settle();
    }

    @Test
    void silence_isNoEmptyHistory() {
        cluster.silences = 1;

        Called called = Called.on(cluster, "history");

        assertThat(called.code()).isEqualTo(5);
        assertThat(called.out()).isEmpty();
    }

    @Test
    void follow_showsEachLineOnce_andSurvivesSilence() {
        cluster.meanwhile.add(() -> cluster.silences = 2);
        cluster.meanwhile.add(() -> {});
        cluster.meanwhile.add(() -> cluster.down("n1"));

        Called called = Called.until("registered on n2", cluster, "history", "--follow", "--last", "1");

        assertThat(called.err()).isEqualTo("stead: ZooKeeper does not answer; trying on\n".repeat(2));
        assertThat(called.out().lines()).doesNotHaveDuplicates().hasSizeGreaterThan(2);
        assertThat(called.out()).contains("registered on n1");
    }

    @Test
    void follow_wrapsUnderTheColumn() {
        cluster.meanwhile.add(() -> Called.on(
                cluster, "node", "quiesce", "n2", "--reason", "the left disk is to be swapped ".repeat(3) + "end"));

        Called called = Called.until("end)", cluster, "history", "--follow", "--last", "1");

        assertThat(called.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(called.out()).contains("""
            2026-01-02T12:00:00.400Z  node n2: quiesced (by ann@desk: the left disk is to be swapped the left
                                      disk is to be swapped the left disk is to be swapped end)
            """);
    }
}
