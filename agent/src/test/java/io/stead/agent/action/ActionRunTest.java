package io.stead.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Grounds;
import io.stead.agent.container.Killed;
import io.stead.agent.program.Program;
import io.stead.agent.program.Refusal;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs end as they should and leave behind what they should, in cgroups and in process groups. */
@ParameterizedClass
@EnumSource(Grounds.Kind.class)
@Timeout(60)
class ActionRunTest {
    private final Grounds.Kind kind;

    private Bench bench;

    ActionRunTest(Grounds.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        bench = new Bench(kind, directory);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        bench.close();
    }

    @Test
    void aGoodEnd_isASuccess_withTheLastLines() throws Exception {
        bench.script("go", "echo one; printf 'two\\033[31m\\n' >&2");
        assertThat(bench.run(Verb.STOP, "go")).isInstanceOfSatisfying(ActionOutcome.Succeeded.class, outcome -> {
            assertThat(outcome.tail()).isEqualTo("one | two\\u{1b}[31m");
            assertThat(outcome.took()).isLessThan(Duration.ofSeconds(20));
        });
    }

    @Test
    void aTail_isOfThisRunOnly() throws Exception {
        bench.script("first", "echo first");
        bench.script("second", "echo second; exit 3");
        assertThat(bench.run(Verb.STOP, "first")).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(bench.run(Verb.STOP, "second"))
                .isInstanceOfSatisfying(
                        ActionOutcome.Failed.class,
                        outcome -> assertThat(outcome.tail()).isEqualTo("second"));
        assertThat(bench.output()).isEqualTo("first\nsecond\n");
    }

    @Test
    void badEnds_areFailures_withCodeOrSignal() throws Exception {
        bench.script("three", "exit 3");
        bench.script("kill", "kill -KILL $$");
        bench.script("nothing", "nosuch-program");
        assertThat(ending("three")).isEqualTo(new ActionOutcome.Ending.Exit(3));
        assertThat(ending("kill")).isEqualTo(new ActionOutcome.Ending.Signal(9));
        assertThat(ending("nothing")).isEqualTo(new ActionOutcome.Ending.Exit(127));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!/does/not/exist", "#! /does/not/exist -x", "#!/bin/sh\r", "#!/etc", "#!/etc/passwd"})
    void aScriptWithoutItsInterpreter_namesBoth(String first) throws Exception {
        Path script = bench.script("go", "");
        Files.writeString(script, first + "\necho never\n");
        String interpreter = first.equals("#!/bin/sh\r")
                ? "/bin/sh\\r"
                : first.substring(2).strip().replace(" -x", "");

        assertThat(bench.run(Verb.START, "go"))
                .isEqualTo(new ActionOutcome.Refused(new Refusal.NoInterpreter(script.toString(), interpreter)));
    }

    @Test
    void whatAStopLeavesBehind_isKilled() throws Exception {
        bench.script("go", daemon("left"), "exit 0");
        assertThat(bench.run(Verb.STOP, "go")).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(bench.lives("left")).isFalse();
        assertThat(bench.containers.runs("web")).isEmpty();
    }

    @Test
    void whatAStartLeavesBehind_isTheService() throws Exception {
        bench.script("go", daemon("service"), "exit 0");
        assertThat(bench.run(Verb.START, "go")).isInstanceOf(ActionOutcome.Succeeded.class);

        assertThat(bench.lives("service")).isTrue();
        assertThat(bench.containers.isEmpty("web")).isFalse();
        assertThat(bench.containers.pids("web"))
                .containsExactly(
                        Long.parseLong(Files.readString(bench.file("service")).strip()));
        assertThat(bench.containers.services()).containsExactly("web");
        assertThat(bench.containers.remove("web")).isFalse();

        bench.script("stop", "exit 0");
        assertThat(bench.run(Verb.STOP, "stop")).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(bench.lives("service")).isTrue();

        assertThat(bench.containers.kill("web", Duration.ofSeconds(5))).isEqualTo(new Killed.Ended());
        assertThat(bench.lives("service")).isFalse();
        assertThat(bench.containers.isEmpty("web")).isTrue();
        assertThat(bench.containers.remove("web")).isTrue();
        assertThat(bench.containers.services()).isEmpty();
    }

    @Test
    void aSecondStart_isRefused_whileTheServiceLives() throws Exception {
        bench.script("go", daemon("service"), "exit 0");
        bench.run(Verb.START, "go");
        List<Long> pids = bench.containers.pids("web");
        assertThat(bench.run(Verb.START, "go"))
                .isEqualTo(new ActionOutcome.Refused(new Refusal.StillRunning("web", pids)));
        assertThat(bench.containers.pids("web")).isEqualTo(pids);
    }

    @Test
    void whatAFailedStartLeavesBehind_isKilled() throws Exception {
        bench.script("go", daemon("left"), "exit 1");
        assertThat(bench.run(Verb.START, "go")).isInstanceOf(ActionOutcome.Failed.class);
        assertThat(bench.lives("left")).isFalse();
        assertThat(bench.containers.isEmpty("web")).isTrue();
    }

    @Test
    void aRunThatTakesTooLong_isAskedToEnd() throws Exception {
        bench.script(
                "go",
                "trap 'echo asked; exit 0' TERM",
                "echo $$ >" + bench.file("pid"),
                "while :; do sleep 0.01; done");
        ActionOutcome outcome = bench.runner().run(bench.call(Verb.STOP, "go", Duration.ofMillis(300)));
        assertThat(outcome).isInstanceOfSatisfying(ActionOutcome.TimedOut.class, late -> {
            assertThat(late.tail()).endsWith("asked");
            assertThat(late.took()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
        });
        assertThat(bench.runner().resume(bench.call(Verb.STOP, "go"))).contains(outcome);
        assertThat(bench.lives("pid")).isFalse();
    }

    @Test
    void whatIgnoresTheAsking_andWhatHides_isKilled() throws Exception {
        bench.script(
                "go", "trap '' TERM", daemon("hidden"), "echo $$ >" + bench.file("pid"), "while :; do sleep 1; done");
        assertThat(bench.runner().run(bench.call(Verb.START, "go", Duration.ofMillis(500))))
                .isInstanceOf(ActionOutcome.TimedOut.class);
        assertThat(bench.lives("pid")).isFalse();
        assertThat(bench.lives("hidden")).isFalse();
        assertThat(bench.containers.isEmpty("web")).isTrue();
    }

    @Test
    void anExclusiveStart_isRefusedOnceTheLeaseIsOver() throws Exception {
        bench.script("go", "exit 0");
        ActionCall plain = bench.call(Verb.START, "go");
        ActionCall exclusive = new ActionCall(
                "web",
                Verb.START,
                7,
                1,
                new Program.File("go"),
                plain.params(),
                plain.args(),
                plain.timeout(),
                true,
                "n1",
                "n1",
                7,
                plain.extra());
        ActionOutcome late = new ActionOutcome.Refused(new Refusal.TooLate("web"));

        assertThat(bench.runner().run(exclusive)).isEqualTo(late);
        Files.writeString(bench.leaseFile, "1\n");
        assertThat(bench.runner().run(exclusive)).isEqualTo(late);
        Files.writeString(bench.leaseFile, "99999999999\n");
        assertThat(bench.runner().run(exclusive)).isInstanceOf(ActionOutcome.Succeeded.class);
    }

    @Test
    void aStartThatIsCalledOff_beforeItIsLaunched_executesNothing() throws Exception {
        bench.script("go", "touch " + bench.file("begun"), daemon("service"), "exit 0");
        bench.runner().callOffStart("web", 7);

        assertThat(bench.run(Verb.START, "go")).isEqualTo(new ActionOutcome.Refused(new Refusal.TooLate("web")));
        assertThat(bench.file("begun")).doesNotExist();
        assertThat(bench.run(Verb.STOP, "go")).as("any other run goes on").isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(bench.runner().run(bench.generation(8, Verb.START, "go")))
                .as("the next generation is another start")
                .isInstanceOf(ActionOutcome.Succeeded.class);
    }

    @Test
    void anOlderNotify_endsBeforeTheNewerBegins() throws Exception {
        bench.script("old", "echo old begins", "touch " + bench.file("begun"), waiting("go-on"), "echo old ends");
        bench.script("new", "echo new");
        CompletableFuture<ActionOutcome> old = running(bench.generation(5, Verb.NOTIFY, "old"));
        await().until(() -> Files.exists(bench.file("begun")));
        CompletableFuture<ActionOutcome> newer = running(bench.generation(7, Verb.NOTIFY, "new"));

        await().during(Duration.ofMillis(300)).until(() -> !newer.isDone());
        Files.createFile(bench.file("go-on"));

        assertThat(newer.get(20, TimeUnit.SECONDS)).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(old.get(20, TimeUnit.SECONDS)).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(bench.output()).isEqualTo("old begins\nold ends\nnew\n");
    }

    @Test
    void aStart_endsTheNotifiesThatItSupersedes() throws Exception {
        bench.script("notify", daemon("notified"), "while :; do sleep 1; done");
        bench.script("newer", "touch " + bench.file("never"));
        bench.script("go", daemon("service"), "exit 0");
        CompletableFuture<ActionOutcome> notify = running(bench.generation(5, Verb.NOTIFY, "notify"));
        await().until(() -> Files.exists(bench.file("notified")));
        CompletableFuture<ActionOutcome> waiting = running(bench.generation(6, Verb.NOTIFY, "newer"));
        await().during(Duration.ofMillis(200)).until(() -> !waiting.isDone());

        assertThat(bench.run(Verb.START, "go")).isInstanceOf(ActionOutcome.Succeeded.class);

        assertThat(bench.lives("notified")).isFalse();
        assertThat(bench.lives("service")).isTrue();
        assertThat(notify.get(20, TimeUnit.SECONDS)).isInstanceOf(ActionOutcome.TimedOut.class);
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(new ActionOutcome.Refused(new Refusal.TooLate("web")));
        assertThat(bench.file("never")).doesNotExist();
    }

    @Test
    void aRunThatTakesTooLong_isCut_alsoWhereNothingCanBeNoted() throws Exception {
        bench.script("go", daemon("hung"), "while :; do sleep 1; done");
        CompletableFuture<ActionOutcome> outcome = running(bench.call(Verb.STOP, "go", Duration.ofSeconds(1)));
        await().until(() -> Files.exists(bench.file("hung")));
        Path files = bench.runner().output("web").getParent();
        Files.move(files, bench.file("moved"));
        Files.createFile(files);

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(ActionOutcome.Failed.class);
        assertThat(bench.lives("hung")).isFalse();
        Files.delete(files);
    }

    @Test
    void aFlood_staysBounded_andItsEndIsKept() throws Exception {
        bench.script("go", "i=0", "while [ $i -lt 2000 ]; do printf '%01000d\\n' $i; i=$((i+1)); done", "echo the end");
        assertThat(bench.run(Verb.STOP, "go"))
                .isInstanceOfSatisfying(
                        ActionOutcome.Succeeded.class,
                        outcome -> assertThat(outcome.tail())
                                .hasSizeLessThanOrEqualTo(2048)
                                .endsWith("1999 | the end"));
        Path output = bench.runner().output("web");
        Path older = output.resolveSibling("output.old");
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        Files.exists(older) && Files.size(output) + Files.size(older) <= Bench.LIMITS.outputBytes());
        assertThat(Files.getPosixFilePermissions(output)).hasSize(2);
    }

    @Test
    void aServiceThatIsForgotten_leavesNoFiles() throws Exception {
        bench.script("go", "echo hello");
        bench.run(Verb.NOTIFY, "go");
        assertThat(bench.runner().services()).containsExactly("web");
        assertThat(bench.runner().forget("web")).isTrue();
        assertThat(bench.runner().output("web").getParent()).doesNotExist();
        assertThat(bench.containers.services()).isEmpty();
        assertThat(bench.runner().services()).isEmpty();
        assertThat(bench.runner().forget("web")).isTrue();
    }

    @Test
    void aServiceThatRuns_isNotForgotten() throws Exception {
        bench.script("go", daemon("service"), "exit 0");
        bench.run(Verb.START, "go");
        assertThat(bench.runner().forget("web")).isFalse();
        assertThat(bench.runner().output("web")).exists();
        assertThat(bench.lives("service")).isTrue();
    }

    @Test
    void anArgumentLikeALaunchers_fromAnotherUser_isNoLauncher() throws Exception {
        ActionCall call = bench.call(Verb.STOP, "go");
        Path data = bench.directory.resolve("data");
        Process forger = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        "sh",
                        "-c",
                        "echo in; read x",
                        "x",
                        data.resolve("launch.sh").toString(),
                        "outer",
                        data.resolve("runs/web/stop-7-1").toString(),
                        "not a memo")
                .start();
        try {
            assertThat(forger.inputReader().readLine()).isEqualTo("in");
            assertThat(bench.runner().isRunning(call)).isFalse();
        } finally {
            forger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aServicesFlood_staysBounded() throws Exception {
        bench.script("go", "setsid sh -c 'while :; do printf %01000d 5; sleep 0.001; done' &", "exit 0");
        assertThat(bench.run(Verb.START, "go")).isInstanceOf(ActionOutcome.Succeeded.class);
        Path older = bench.runner().output("web").resolveSibling("output.old");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(older));
        assertThat(Files.size(older)).isBetween(Bench.LIMITS.outputBytes() / 4, Bench.LIMITS.outputBytes() / 2);
    }

    private CompletableFuture<ActionOutcome> running(ActionCall call) {
        CompletableFuture<ActionOutcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(bench.runner().run(call));
            } catch (InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    private String waiting(String file) {
        return "until [ -e %s ]; do sleep 0.01; done".formatted(bench.file(file));
    }

    private ActionOutcome.Ending ending(String file) throws InterruptedException {
        return bench.run(Verb.STOP, file) instanceof ActionOutcome.Failed failed
                ? failed.ending()
                : new ActionOutcome.Ending.Unknown();
    }

    /** A line that leaves a process behind in a session of its own, without a parent, deaf to SIGTERM. */
    private String daemon(String pidFile) {
        return "( setsid sh -c 'trap \"\" TERM; echo $$ >%1$s.new; mv %1$s.new %1$s; exec sleep 600' & )\n"
                        .formatted(bench.file(pidFile))
                + "until [ -e %s ]; do sleep 0.01; done".formatted(bench.file(pidFile));
    }
}
