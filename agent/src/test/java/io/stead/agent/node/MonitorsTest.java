package io.stead.agent.node;

import static io.stead.agent.node.HostInHand.LIFE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Grounds;
import io.stead.agent.loop.Mailbox;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Effect;
import io.stead.reconcile.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Grounds.Kind.class)
@Timeout(60)
@Tag("C10")
class MonitorsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration OFTEN = Duration.ofMillis(20);
    /** Many times what it takes a monitor to run again. */
    private static final Duration A_WHILE = Duration.ofMillis(800);

    private final Grounds.Kind kind;
    private final Mailbox mailbox = new Mailbox();
    private final List<String> failing = new ArrayList<>();
    private HostInHand in;
    private Monitors monitors;

    MonitorsTest(Grounds.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open(@TempDir Path parent) throws Exception {
        in = new HostInHand(kind, parent);
        monitors = new Monitors(in.host, mailbox, (run, why) -> failing.add(run.service() + " " + why));
        in.does(Verb.START, "sleep 1000 &");
        in.does(Verb.STOP, "true");
    }

    @AfterEach
    void close() throws Exception {
        monitors.keep(List.of());
        in.close();
    }

    private long looks() throws IOException {
        return Files.exists(in.file("looks")) ? Files.size(in.file("looks")) : 0;
    }

    @Test
    void whatIsNotToBeWatchedAnyMore_isMonitoredNoMore() throws Exception {
        in.monitors(OFTEN, "printf . >>looks");
        monitors.keep(List.of(in.run(LIFE, RunState.STARTED)));
        await().atMost(SOON).until(() -> looks() >= 2);

        monitors.keep(List.of());
        // One may be at work.
        await().during(A_WHILE).atMost(SOON).until(new Unchanged()::holds);
    }

    /** Whether there were no more looks since the last time that it was asked. */
    private final class Unchanged {
        private long before = -1;

        boolean holds() throws IOException {
            long now = looks();
            boolean same = now == before;
            before = now;
            return same;
        }
    }

    @Test
    void whatDoesNotWork_isSaidOnce_withItsReason() throws Exception {
        in.monitors(OFTEN, "printf . >>looks", "exit 3");
        monitors.keep(List.of(in.run(LIFE, RunState.STARTED)));

        mailbox.attend(SOON);
        assertThat(failing).hasSize(1).first().asString().startsWith("web exit status 3");
        await().during(A_WHILE).atMost(SOON).until(() -> looks() == 1);
    }

    @Test
    void theWordOfAMonitorThatOutlivedItsWatch_countsForNothing() throws Exception {
        in.monitors(OFTEN, "touch looking", "until [ -e go ]; do sleep 0.02; done", "exit 1");
        monitors.keep(List.of(in.run(LIFE, RunState.STARTED)));
        await().atMost(SOON).until(() -> Files.exists(in.file("looking")));

        monitors.keep(List.of());
        Files.createFile(in.file("go"));
        mailbox.attend(A_WHILE);
        assertThat(failing).isEmpty();
    }

    @Test
    void aMonitorAtWork_isKilledBeforeTheStop_andBlamesNobody() throws Exception {
        in.monitors(OFTEN, "echo $$ >pid.tmp", "mv pid.tmp pid", "exec sleep 1000");
        in.does(Verb.STOP, "kill -0 \"$(cat pid)\" 2>/dev/null && touch beside", "true");
        assertThat(in.starts(LIFE).succeeded()).isTrue();
        monitors.keep(List.of(in.run(LIFE, RunState.STARTED)));
        await().atMost(SOON).until(() -> Files.exists(in.file("pid")));

        monitors.keep(List.of());
        assertThat(in.host.stop(new Effect.Stop(in.run(LIFE, RunState.STARTED))).succeeded())
                .isTrue();
        assertThat(in.file("beside")).doesNotExist();
        mailbox.attend(Duration.ZERO);
        assertThat(failing).isEmpty();
    }
}
