package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.Specs;
import io.stead.model.NodeId;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the changing verbs ask, wait for, and say. */
final class ChangeTest {
    private static final NodeId N2 = new NodeId("n2");

    private final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void begin() {
        cluster.up("n1", "n2", "n3");
        cluster.define(Specs.preferring("license-server", "n1", "n2"), Specs.manual("spare"));
        cluster.settle();
    }

    private Called stead(String... args) {
        return Called.on(cluster, args);
    }

    @Test
    @Tag("B24")
    void register_saysWhereItIs() {
        Called called = stead("register", "spare", "--node", "n2");

        assertThat(called.err()).isEmpty();
        assertThat(called.out()).startsWith("spare is registered on n2, 0.");
        assertThat(called.code()).isZero();
    }

    @Test
    void register_whatIsRegistered_isRefused() {
        Called called = stead("register", "license-server");

        assertThat(called.code()).isEqualTo(4);
        assertThat(called.err())
                .startsWith("stead: service license-server is")
                .contains("`stead transfer`")
                .hasLineCount(1);
        assertThat(called.out()).isEmpty();
    }

    @Test
    void register_whatNobodyDefined_isNotFound() {
        Called called = stead("register", "nothing");

        assertThat(called.code()).isEqualTo(3);
        assertThat(called.err()).isEqualTo("stead: no service nothing: see `stead services`\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transfer license-server --to nosuch",
                "register spare --node nosuch",
                "clear license-server --node nosuch",
                "node drain nosuch",
            })
    void aNodeThatNobodyKnows_isNotFound(String words) {
        Called called = stead(words.split(" "));

        assertThat(called.code()).isEqualTo(3);
        assertThat(called.err()).isEqualTo("stead: no node nosuch: see `stead nodes`\n");
    }

    @Test
    void register_startedNowhere_isAMistake() {
        Called called = stead("register", "spare", "--started");

        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("--started needs --node").hasLineCount(1);
    }

    @Test
    void register_whereItsStartFails_saysWhereItWentInstead() {
        cluster.failing.add(N2);

        Called called = stead("register", "spare", "--node", "n2");

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .contains("and not on n2: its start failed there: exit code 1")
                .hasLineCount(1);
    }

    @Test
    void register_thatDoesNotEnd_timesOutWithTheReason() {
        cluster.hanging.add(N2);

        Called called = stead("register", "spare", "--node", "n2", "--timeout", "7s");

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .contains("stead: waiting: spare is starting: starting on n2\n")
                .endsWith("stead: accepted, but not done within 7s: spare is starting: starting on n2\n");
    }

    @Test
    void whatIsWaitedFor_isSaidAgainOnlyWhenItChanges() {
        cluster.hanging.add(N2);
        cluster.meanwhile.addAll(Collections.nCopies(300, () -> {}));
        cluster.meanwhile.add(() -> {
            cluster.hanging.clear();
            cluster.failing.addAll(Set.of(new NodeId("n1"), N2, new NodeId("n3")));
        });

        Called called = stead("register", "spare", "--node", "n2", "--timeout", "59s");

        assertThat(called.err().lines().filter(line -> line.contains("starting on n2")))
                .hasSize(1);
        assertThat(called.err()).contains("stead: waiting: spare is deregistered: every able node has failed");
    }

    @Test
    void register_noWait_isContentWithTheAnswer() {
        cluster.hanging.add(N2);

        Called called = stead("register", "spare", "--node", "n2", "--no-wait");

        assertThat(called.code()).isZero();
        assertThat(called.out()).isEqualTo("register spare was accepted (generation 1), 0.0 s\n");
    }

    @Test
    @Tag("B21")
    void transfer_saysWhereItWas() {
        Called called = stead("transfer", "license-server");

        assertThat(called.err()).isEmpty();
        assertThat(called.out()).startsWith("license-server is registered on n2 (was n1), 0.");
    }

    @Test
    void transfer_asJson() {
        Golden.check(
                "transfer.json",
                stead("transfer", "license-server", "--to", "n3", "-o", "json").out());
    }

    @Test
    void transfer_whereItFails_saysThatItIsElsewhere() {
        cluster.failing.add(N2);

        Called called = stead("transfer", "license-server", "--to", "n2");

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("and not on n2");
    }

    @Test
    void deregister_saysWhereItWas() {
        Called called = stead("deregister", "license-server");

        assertThat(called.out()).startsWith("license-server is deregistered (was on n1), 0.");
        assertThat(stead("register", "license-server").out()).startsWith("license-server is registered on n1, 0.");
    }

    @Test
    void clear_isDoneWhenAccepted() {
        cluster.failing.add(N2);
        stead("register", "spare", "--node", "n2");

        assertThat(stead("clear", "spare").out()).isEqualTo("spare is cleared, 0.0 s\n");
    }

    @Test
    void clear_ofWhatIsWell_saysSo_andTheHistoryHasNoMoreThanTheRequest() {
        String before = stead("services", "-o", "json").out();

        Called called = stead("clear", "license-server", "--node", "n1");

        assertThat(called.code()).isZero();
        assertThat(called.out()).isEqualTo("there is nothing to clear of license-server on n1, 0.0 s\n");
        assertThat(stead("services", "-o", "json").out()).isEqualTo(before);
        assertThat(stead("history").out()).doesNotContain("cleared by");
    }

    @Test
    void clear_confirmingWhatDoesNotStop_isRefused() {
        Called called = stead("clear", "license-server", "--confirm-stopped");

        assertThat(called.code()).isEqualTo(4);
        assertThat(called.err())
                .isEqualTo(
                        "stead: no stop of service license-server has failed or hangs: leave --confirm-stopped out\n");
    }

    @Test
    @Tag("A10")
    void quiesceAndResume_areDoneWhenSeen() {
        assertThat(stead("node", "quiesce", "n2", "--reason", "disk").out())
                .isEqualTo("n2 is quiesced: it takes nothing new and keeps its own, 0.0 s\n");
        assertThat(stead("node", "resume", "n2").out()).isEqualTo("n2 takes services again, 0.0 s\n");
    }

    @Test
    void drain_waitsUntilNothingIsLeft() {
        Called called = stead("node", "drain", "n1");

        assertThat(called.out()).startsWith("n1 is drained: nothing is left on it, 0.");
        assertThat(stead("services").out()).contains("registered    n2");
    }

    @Test
    void drain_leavesWhatCanGoNowhere() {
        cluster.define(Specs.only("report", "n1"));
        cluster.settle();

        Called called = stead("node", "drain", "n1");

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out()).isEmpty();
        assertThat(called.err())
                .isEqualTo("stead: accepted, and n1 takes nothing new, but report stays: no other node can take it; see"
                        + " `stead explain report`, and resume, mend or add a node that can: it goes there by"
                        + " itself\n");
        assertThat(stead("nodes").out()).contains("drained");
    }

    @Test
    void drain_ofTheLastNode_namesTheFirstOfWhatStays() {
        cluster.define(Specs.only("a", "n1"), Specs.only("b", "n1"), Specs.only("c", "n1"), Specs.only("d", "n1"));
        cluster.settle();
        stead("node", "quiesce", "n2");
        stead("node", "quiesce", "n3");

        Called called = stead("node", "drain", "n1", "-o", "json");

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("but a, b, c, d and 1 more stay: no other node can take them;");
    }

    @Test
    @Tag("B21")
    void leaveAndJoin() {
        assertThat(stead("node", "leave", "n1").out()).startsWith("n1 has left and is inactive, 0.");
        assertThat(stead("node", "join", "n1").out()).isEqualTo("n1 is joined, 0.0 s\n");
    }

    @Test
    void leave_ofTheLastNodeThatCan_isRefused_unlessForced() {
        cluster.define(Specs.only("report", "n1"));
        cluster.settle();

        Called called = stead("node", "leave", "n1");

        assertThat(called.code()).isEqualTo(4);
        assertThat(called.err())
                .isEqualTo("stead: no other node can take report, which would stop with node n1: see `stead explain"
                        + " report`, or add --force\n");
        assertThat(stead("services").out()).contains("n1");
        assertThat(stead("node", "leave", "n1", "--force").out()).startsWith("n1 has left and is inactive, 0.");
    }

    @Test
    void leave_ofWhoHasLeft_isRefused() {
        stead("node", "leave", "n1");

        assertThat(stead("node", "leave", "n1").code()).isEqualTo(4);
    }

    @Test
    @Tag("B31")
    void forceLeave_waitsUntilTheLifeIsOver() {
        assertThat(stead("node", "force-leave", "n1").out())
                .startsWith("n1 was forced out; if its agent lives, it joins anew by itself, 0.");
    }

    @Test
    void deleteNode_forgetsWhoIsGone() {
        assertThat(stead("delete", "node", "n1").err()).isEqualTo("stead: node n1 is up: stop its agent first\n");
        cluster.down("n1");
        cluster.settle();

        assertThat(stead("delete", "node", "n1").out()).isEqualTo("n1 is forgotten, 0.0 s\n");

        assertThat(stead("nodes").out()).doesNotContain("n1");
        assertThat(stead("delete", "node", "n1").code()).isEqualTo(3);
    }

    @Test
    void silenceOfZooKeeper_afterTheRequestWasAccepted_isToldAsSuch() {
        cluster.hanging.add(N2);
        cluster.meanwhile.add(() -> cluster.silences = 1);

        Called called = stead("register", "spare", "--node", "n2", "--timeout", "7s");

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .isEqualTo("stead: accepted, but not done within 7s: spare is starting: starting on n2;"
                        + " since then ZooKeeper does not answer\n");
    }

    @Test
    void withoutALeader_itTimesOut() {
        cluster.leaderless = true;

        Called called = stead("transfer", "license-server", "--timeout", "2s");

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("no leader has answered within 2s").hasLineCount(1);
    }
}
