package io.stead.agent.node;

import static io.stead.agent.node.HostInHand.LIFE;
import static io.stead.agent.node.HostInHand.NEXT_LIFE;
import static io.stead.agent.node.HostInHand.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Grounds;
import io.stead.agent.warden.Guarded;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Effect;
import io.stead.reconcile.LocalState;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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
class HostTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Grounds.Kind kind;
    private HostInHand in;

    HostTest(Grounds.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open(@TempDir Path parent) throws Exception {
        in = new HostInHand(kind, parent);
    }

    @AfterEach
    void close() throws Exception {
        in.close();
    }

    @Test
    @Tag("B9")
    void aStartOfAFormerLife_doesNotBegin() throws Exception {
        in.does(Verb.START, "touch started");
        in.host.live(NEXT_LIFE);

        assertThat(in.starts(LIFE).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(in.file("started")).doesNotExist();
        assertThat(in.starts(NEXT_LIFE).succeeded()).isTrue();
        assertThat(in.file("started")).exists();
    }

    @Test
    @Tag("B9")
    void whatEndsInAnotherLife_isWrittenNoMore() throws Exception {
        in.does(Verb.START, "touch started", "until [ -e go ]; do sleep 0.02; done");
        FutureTask<Result> start = beside(() -> in.starts(LIFE));
        await().atMost(SOON).until(() -> Files.exists(in.file("started")));
        // As the halt between two lives does, but that this one kills nothing.
        in.host.live(NEXT_LIFE);
        in.runs.forget(WEB);

        Files.createFile(in.file("go"));
        assertThat(start.get(20, TimeUnit.SECONDS).succeeded()).isTrue();
        assertThat(in.runs.all()).isEmpty();
    }

    @Test
    @Tag("A22")
    void aStopOfAFormerLife_runsNoCommand_andKillsWhatIsLeft() throws Exception {
        in.does(Verb.START, "sleep 1000 &");
        in.does(Verb.STOP, "touch stopped");
        assertThat(in.starts(LIFE).succeeded()).isTrue();
        in.host.live(NEXT_LIFE);

        in.host.stop(new Effect.Stop(in.run(LIFE, RunState.STARTED)));
        assertThat(in.file("stopped")).doesNotExist();
        assertThat(in.host.isEmpty(WEB)).isTrue();
    }

    @Test
    @Tag("C2")
    void aStopAfterTheLease_runsNoCommand_andIsCutOff() throws Exception {
        in.does(Verb.START, "sleep 1000 &");
        in.does(Verb.STOP, "touch stopped");
        assertThat(in.starts(LIFE).succeeded()).isTrue();
        in.warden.moveDeadline(System.nanoTime());

        Result stop = in.host.stop(new Effect.Stop(in.run(LIFE, RunState.STARTED)));
        assertThat(stop.cutOff()).isTrue();
        assertThat(in.file("stopped")).doesNotExist();
        assertThat(in.runs.all()).extractingByKey(WEB).returns(RunState.KILLED, Run::state);
    }

    @Test
    @Tag("C11")
    void theStopOfWhatHasNoProcesses_isNoMatterOfTheWarden() throws Exception {
        in.does(Verb.START, "touch mounted");
        in.does(Verb.STOP, "touch stopping", "until [ -e go ]; do sleep 0.02; done", "rm mounted");
        Effect.Start start = new Effect.Start(in.run(LIFE, RunState.STARTING));
        LocalState local = LocalState.EMPTY.begun(start).ended(start, in.host.start(start));
        Run mount = Objects.requireNonNull(local.runs().get(WEB));
        assertThat(mount.contained()).isFalse();

        Effect.Stop effect = new Effect.Stop(mount);
        in.warden.setExclusive(guarded(local.begun(effect)));
        FutureTask<Result> stop = beside(() -> in.host.stop(effect));
        await().atMost(SOON).until(() -> Files.exists(in.file("stopping")));
        in.warden.moveDeadline(System.nanoTime());
        await().during(Duration.ofMillis(1500)).atMost(SOON).until(() -> !stop.isDone());
        Files.createFile(in.file("go"));
        assertThat(stop.get(20, TimeUnit.SECONDS).succeeded()).isTrue();
        assertThat(in.file("mounted")).doesNotExist();
    }

    @Test
    @Tag("C11")
    void killingWhatHasNoProcesses_runsItsStopCommand() throws Exception {
        in.does(Verb.START, "touch mounted");
        in.does(Verb.STOP, "rm mounted");
        assertThat(in.starts(LIFE).contained()).isFalse();

        Run mount = in.run(LIFE, RunState.STARTED).contained(false);
        assertThat(in.host.kill(new Effect.Kill(mount)).succeeded()).isTrue();
        assertThat(in.file("mounted")).doesNotExist();
    }

    private static List<Guarded> guarded(LocalState local) {
        return local.guarded().stream()
                .map(r -> new Guarded(r.service().value(), r.stopGrace()))
                .toList();
    }

    private static FutureTask<Result> beside(Callable<Result> deed) {
        FutureTask<Result> task = new FutureTask<>(deed);
        Thread.ofVirtual().start(task);
        return task;
    }
}
