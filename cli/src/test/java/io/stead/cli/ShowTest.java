package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.Specs;
import io.stead.model.ServiceName;
import io.stead.model.view.Unreadable;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the looking verbs show of a cluster in which something of everything is going on. */
final class ShowTest {
    private final FakeCluster cluster = busy();

    private static FakeCluster busy() {
        FakeCluster cluster = new FakeCluster();
        cluster.up("n1", "n2", "n3");
        cluster.define(
                Specs.preferring("license-server", "n1", "n2"),
                Specs.everywhere("exporter"),
                Specs.child("license-log", "license-server"),
                Specs.only("report", "n9"),
                Specs.manual("spare"));
        cluster.settle();
        cluster.pass(Duration.ofMinutes(3));
        assertThat(Called.on(cluster, "node", "quiesce", "n2", "--reason", "disk swap", "--expires", "2h")
                        .code())
                .isZero();
        cluster.down("n3");
        cluster.settle();
        cluster.unreadable.add(
                new Unreadable("/specs/services/broken", "line 1: no name", Optional.of(new ServiceName("broken"))));
        cluster.pass(Duration.ofMinutes(5));
        return cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "nodes", "services", "history"})
    void verb_inEveryFormat(String verb) {
        for (String format : new String[] {"table", "json", "yaml"}) {
            Called called = Called.on(cluster, verb, "-o", format);

            assertThat(called.err()).isEmpty();
            assertThat(called.code()).isZero();
            Golden.check(verb + "." + format, called.out());
        }
    }

    @Test
    void emptyCluster_saysWhatToDoNext() {
        assertThat(Called.on(new FakeCluster(), "status").out())
                .contains("start an agent with `stead agent", "define one with `stead apply");
    }
}
