package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs keeps the actions it started with until an operator has it restarted (design.md §7). */
@Tag("B21")
@Tag("A22")
final class RestartTest {
    private final Cluster cluster = new Cluster();

    private Answer restart(String service, String... node) {
        return cluster.ask(new Wish.Restart(
                new ServiceName(service), node.length == 0 ? Optional.empty() : Optional.of(new NodeId(node[0]))));
    }

    @Test
    void stopsAndStartsWhereItIs_withTheActionsOfItsSpec() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        cluster.apply(service("s").ranked("n1").recovery()).settle();
        assertThat(cluster.owner("s").orElseThrow().actions().has(Verb.RECOVERY))
                .isFalse();

        assertThat(restart("s").verdict()).isEqualTo(Answer.Verdict.ACCEPTED);
        assertThat(cluster.state("s")).isEqualTo("stopping on n1 T");
        cluster.settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
        assertThat(cluster.owner("s").orElseThrow().actions().has(Verb.RECOVERY))
                .isTrue();
    }

    @Test
    void itComesBackThoughItHasFailedThereBefore_andThoughAnotherNodeIsBetter() {
        cluster.apply(service("s").ranked("n2", "n1").failures(2, Optional.empty()))
                .up("n1")
                .planAll();
        cluster.reports("n1", "s", Verb.START, Outcome.FAILED).settleInTime(Duration.ofSeconds(5));
        cluster.up("n2").settle();
        assertThat(cluster.state("s")).isEqualTo("registered on n1");

        restart("s");
        cluster.settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void itsChildrenStopBeforeAndStartAfter() {
        cluster.apply(service("p"), service("c").parent("p")).up("n1").settle();

        restart("p");
        assertThat(cluster.state("p")).isEqualTo("registered on n1");
        assertThat(cluster.state("c")).isEqualTo("stopping on n1");
        cluster.settle();

        assertThat(cluster.state("p")).isEqualTo("registered on n1");
        assertThat(cluster.state("c")).isEqualTo("registered on n1");
        assertThat(cluster.owner("c").orElseThrow().restart()).isFalse();
    }

    @Test
    void aChildIsRestartedBesideItsParent() {
        cluster.apply(service("p"), service("c").parent("p")).up("n1").settle();

        restart("c");
        assertThat(cluster.state("c")).isEqualTo("stopping on n1");
        cluster.settle();

        assertThat(cluster.state("p")).isEqualTo("registered on n1");
        assertThat(cluster.state("c")).isEqualTo("registered on n1");
    }

    @Test
    void whatRunsOnAll_isRestartedOnOneAfterTheOther() {
        cluster.apply(service("s").onAll()).up("n1", "n2").settle();
        long before = cluster.assignment("s").generation();

        restart("s");
        assertThat(cluster.assignment("s").owners())
                .filteredOn(o -> o.stopping().isPresent())
                .hasSize(1);
        cluster.settle();

        assertThat(cluster.state("s")).isEqualTo("registered on n1 n2");
        assertThat(cluster.assignment("s").owners()).allMatch(o -> o.generation() > before + 1);
    }

    @Test
    void onOneNodeOnly_theOthersGoOn() {
        cluster.apply(service("s").onAll()).up("n1", "n2").settle();
        long other =
                cluster.assignment("s").ownerOn(new NodeId("n2")).orElseThrow().generation();

        restart("s", "n1");
        cluster.settle();

        assertThat(cluster.assignment("s")
                        .ownerOn(new NodeId("n2"))
                        .orElseThrow()
                        .generation())
                .isEqualTo(other);
        assertThat(cluster.assignment("s")
                        .ownerOn(new NodeId("n1"))
                        .orElseThrow()
                        .generation())
                .isGreaterThan(other);
    }

    @Test
    void whereItCouldNotComeBack_itIsRefused() {
        cluster.apply(service("s").ranked("n1")).up("n1").settle();
        cluster.ask(new Wish.Quiesce(new NodeId("n1")));

        assertThat(restart("s").message()).isEqualTo("node n1 can't take service s: quiesced (maintenance)");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void whatRunsNowhere_canNotBeRestarted() {
        cluster.apply(service("s")).planAll();

        assertThat(restart("s").message()).isEqualTo("service s is not registered now: wait, or see `stead explain s`");
    }
}
