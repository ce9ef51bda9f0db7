package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.Specs;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.view.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the looking verbs show of a cluster in which something of everything is going on. */
final class ShowTest {
    @TempDir
    Path dir;

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
    @CsvSource({
        "status, status",
        "nodes, nodes",
        "services, services",
        "history, history --last 12",
        "explain-service, explain license-server",
        "explain-child, explain license-log",
        "explain-node, explain n2",
        "simulate, simulate --down n1 --up n3 --add n4",
    })
    void verb_inEveryFormat(String name, String words) {
        for (String format : new String[] {"table", "json", "yaml"}) {
            Called called = Called.on(cluster, (words + " -o " + format).split(" "));

            assertThat(called.err()).isEmpty();
            assertThat(called.code()).isZero();
            // A request's id is random.
            Golden.check(name + "." + format, called.out().replaceAll("request [0-9a-f-]+", "request 0"));
        }
    }

    @Test
    void emptyCluster_saysWhatToDoNext() {
        assertThat(Called.on(new FakeCluster(), "status").out())
                .contains("start an agent with `stead agent", "define one with `stead apply");
    }

    @Test
    @Tag("C6")
    void simulate_ofAnExport_isTheSameAsLive() throws IOException {
        cluster.unreadable.clear();
        Path file = dir.resolve("state.json");
        Files.writeString(file, Called.on(cluster, "export", "-o", "json").out());

        Called live = Called.on(cluster, "simulate", "--down", "n1", "-o", "json");
        Called offline = Called.alone("simulate", "--state", file.toString(), "--down", "n1", "-o", "json");

        assertThat(offline.err()).isEmpty();
        assertThat(offline.out()).isEqualTo(live.out()).contains("registered on n2");
    }

    @Test
    void simulate_leavesOutWhatWasDeleted() {
        assertThat(Called.on(cluster, "simulate", "-o", "json").out()).contains("\"spare\"", "\"license-log\"");

        assertThat(Called.on(cluster, "delete", "service", "spare", "license-log")
                        .code())
                .isZero();

        assertThat(cluster.view().assignments()).containsKey(new ServiceName("license-log"));
        assertThat(Called.on(cluster, "simulate", "-o", "json").out()).doesNotContain("\"spare\"", "\"license-log\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain nothing        | 3 | no service or node \"nothing\"",
                "simulate --down n3     | 4 | node n3 is not up",
                "simulate --down n9     | 3 | node n9 was never seen",
                "simulate --up n9       | 3 | node n9 was never seen: use --add",
                "simulate --add n1      | 4 | node n1 is up already",
                "simulate --up n1       | 4 | node n1 is up already",
                "simulate --state /none | 2 | /none: there is no such file",
            })
    void whatIsNotThere_isSaid(String words, int code, String said) {
        Called called = Called.on(cluster, words.split(" +"));

        assertThat(called.code()).isEqualTo(code);
        assertThat(called.err()).startsWith("stead: " + said).hasLineCount(1);
    }

    @Test
    @Tag("C6")
    void explain_namesWhoAskedForWhatHappened() {
        Called.on(cluster, "transfer", "license-server", "--to", "n2");
        Called.on(cluster, "node", "resume", "n2");
        Called.on(cluster, "transfer", "license-server", "--to", "n2", "--reason", "disk swap");
        Called.on(cluster, "register", "spare", "--node", "n1", "--reason", "month's end");
        cluster.pass(Duration.ofMinutes(3));

        assertThat(Called.on(cluster, "explain", "license-server").out()).startsWith("""
            license-server is registered on n2 for 3m
              decided 3m ago: an operator named n2
              it would go to n1 if it were started now; it stays on n2, because its transfer is costly: move it
              with `stead transfer`
              an operator's word put it on n2: transfer license-server --to n2, 3m ago by ann@desk: disk swap
            """);
        assertThat(Called.on(cluster, "explain", "spare").out())
                .contains("  decided 3m ago: ann@desk named n1: month's end\n");

        Called.on(cluster, "deregister", "spare");
        assertThat(Called.on(cluster, "explain", "spare").out())
                .contains("an operator has deregistered it: deregister spare, 0s ago by ann@desk\n");
    }

    @Test
    @Tag("C6")
    void explain_ofWhatIsLostOrMovesYet_doesNotSayThatItStays() {
        Called.on(cluster, "node", "resume", "n2");
        Called.on(cluster, "transfer", "license-server", "--to", "n2");
        cluster.hanging.add(new NodeId("n1"));
        assertThat(Called.on(cluster, "explain", "license-server").out()).contains("; it stays on n2, because");

        Called.on(cluster, "transfer", "license-server", "--no-wait");
        cluster.settle();
        assertThat(Called.on(cluster, "explain", "license-server").out())
                .contains("is starting on n1", "it is leaving n2")
                .doesNotContain("it stays");

        cluster.down("n1");
        assertThat(Called.on(cluster, "explain", "license-server").out()).doesNotContain("it stays", "costly");
    }

    @Test
    @Tag("C6")
    void explain_afterAFailover_doesNotTellAWordOfBeforeAsIfItHeld() {
        Called.on(cluster, "node", "resume", "n2");
        Called.on(cluster, "register", "spare", "--node", "n2");
        assertThat(Called.on(cluster, "explain", "spare").out())
                .contains("an operator's word put it on n2: register spare --node n2, 0s ago by ann@desk\n")
                .doesNotContain("it is not on");

        cluster.down("n2");
        cluster.settle();
        assertThat(Called.on(cluster, "explain", "spare").out())
                .contains("register spare --node n2, 0s ago by ann@desk; it is not on n2 now")
                .contains("n1 is the only able node")
                .doesNotContain("an operator's word", "named");
    }

    @Test
    @Tag("C6")
    void explain_ofATransferThatWentElsewhere_saysSo() {
        cluster.up("n3");
        Called.on(cluster, "node", "resume", "n2");
        cluster.failing.add(new NodeId("n2"));
        Called.on(cluster, "transfer", "license-server", "--to", "n2");

        assertThat(Called.on(cluster, "explain", "license-server").out().replaceAll("\\s+", " "))
                .contains("n3 is the best able node besides n1, which it leaves (preference 3,")
                .contains("an operator's word put it on n3: transfer license-server --to n2, 0s ago by ann@desk;"
                        + " it is not on n2 now");
    }

    @Test
    void explain_ofWhatIsBoth_asksWhich() {
        cluster.define(Specs.anywhere("n1"));
        cluster.settle();

        assertThat(Called.on(cluster, "explain", "n1").err()).contains("say service/n1 or node/n1");
        assertThat(Called.on(cluster, "explain", "node/n1").out()).startsWith("n1 is joined");
        assertThat(Called.on(cluster, "explain", "service/n1").out()).startsWith("n1 is registered on");
    }
}
