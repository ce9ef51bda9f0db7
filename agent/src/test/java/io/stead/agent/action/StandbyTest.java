package io.stead.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Grounds;
import io.stead.agent.program.Program;
import io.stead.agent.program.Refusal;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A start that stands ready executes nothing before its own run says so, and nothing ever if that does not come (A22). */
@ParameterizedClass
@EnumSource(Grounds.Kind.class)
@Tag("A22")
@Timeout(60)
class StandbyTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Grounds.Kind kind;

    private Bench bench;

    StandbyTest(Grounds.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        bench = new Bench(kind, directory);
        bench.script("go", "echo $STEAD_FENCE >>" + bench.file("begun"), "sleep 300 &", "exit 0");
        bench.script("stop", "exit 0");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        bench.close();
    }

    @Test
    void whatStandsReady_executesOnlyWhenItIsRun() throws Exception {
        ActionCall call = bench.call(Verb.START, "go");
        Thread readying = ready(call);
        await().during(Duration.ofMillis(300)).until(() -> begun().isEmpty());

        assertThat(bench.runner().run(call))
                .isInstanceOfSatisfying(
                        ActionOutcome.Succeeded.class,
                        outcome -> assertThat(outcome.took())
                                .as("its time counts from the word")
                                .isLessThan(Duration.ofMillis(250)));

        assertThat(begun()).containsExactly("7");
        assertThat(bench.containers.pids("web")).hasSize(1);
        assertThat(readying.join(LONG)).isTrue();
    }

    @Test
    void whatStandsReady_isSentAway_whenAnotherStartRuns() throws Exception {
        ready(fenced(7));
        assertThat(bench.runner().run(fenced(8))).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(begun()).containsExactly("8");
        assertThat(bench.containers.pids("web")).hasSize(1);
    }

    @Test
    void whatStandsReady_isSentAway_whenTheServiceIsStopped() throws Exception {
        Thread readying = ready(bench.call(Verb.START, "go"));
        assertThat(bench.run(Verb.STOP, "stop")).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(readying.join(LONG)).isTrue();
        assertThat(bench.containers.isEmpty("web")).isTrue();
        assertThat(begun()).isEmpty();
    }

    @Test
    void whatStandsReady_andIsKilled_executesNothing() throws Exception {
        ActionCall call = bench.call(Verb.START, "go");
        ready(call);
        bench.runner().callOffStart("web", 7);
        bench.containers.killAll("web", Duration.ofSeconds(5));
        assertThat(bench.runner().run(call)).isEqualTo(new ActionOutcome.Refused(new Refusal.TooLate("web")));
        assertThat(begun()).isEmpty();
    }

    @Test
    void theLease_isLookedAtAfterTheWord() throws Exception {
        ActionCall plain = fenced(7);
        ActionCall exclusive = new ActionCall(
                "web",
                Verb.START,
                7,
                1,
                new Program.File("go"),
                Map.of(),
                List.of(),
                plain.timeout(),
                true,
                "n1",
                "n1",
                7,
                Map.of());
        Files.writeString(bench.leaseFile, "99999999999\n");
        ready(exclusive);
        Files.writeString(bench.leaseFile, "1\n");
        assertThat(bench.runner().run(exclusive)).isEqualTo(new ActionOutcome.Refused(new Refusal.TooLate("web")));
        assertThat(begun()).isEmpty();
    }

    @Test
    @Tag("C12")
    void aProgramThatIsReplacedMeanwhile_isLookedAtAnew() throws Exception {
        ActionCall call = bench.call(Verb.START, "go");
        ready(call);
        Path fresh = bench.script("fresh", "echo new >>" + bench.file("begun"), "exit 0");
        Files.move(fresh, bench.actions.resolve("go"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(bench.runner().run(call)).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(begun()).containsExactly("new");
    }

    @Test
    void besideARun_nothingIsMadeReady() throws Exception {
        bench.script(
                "notify",
                "touch " + bench.file("notifying"),
                "until [ -e " + bench.file("go-on") + " ]; do sleep 0.01; done");
        Thread notifying = Thread.ofVirtual().start(() -> interruptibly(() -> bench.run(Verb.NOTIFY, "notify")));
        await().until(() -> Files.exists(bench.file("notifying")));

        bench.runner().ready(bench.call(Verb.START, "go"));

        assertThat(bench.containers.isEmpty("web")).isTrue();
        Files.createFile(bench.file("go-on"));
        assertThat(notifying.join(LONG)).isTrue();
        assertThat(bench.run(Verb.START, "go")).isInstanceOf(ActionOutcome.Succeeded.class);
    }

    @Test
    void whatNobodyComesFor_isSentAway() throws Exception {
        Thread readying = ready(bench.call(Verb.START, "go"));
        assertThat(readying.join(LONG)).isTrue();
        assertThat(bench.containers.isEmpty("web")).isTrue();
        assertThat(begun()).isEmpty();
        assertThat(bench.run(Verb.START, "go")).isInstanceOf(ActionOutcome.Succeeded.class);
    }

    @Test
    @Tag("C4")
    void anAgentThatDies_leavesNothingThatMayExecute() throws Exception {
        Process agent = InterruptedAgent.start(bench, InterruptedAgent.READY, "go");
        try {
            await().atMost(LONG).until(() -> !bench.containers.isEmpty("web"));
        } finally {
            agent.destroyForcibly().waitFor();
        }
        await().atMost(LONG).until(() -> bench.containers.isEmpty("web"));
        ActionCall call = InterruptedAgent.call(Verb.START, "go");
        await().atMost(LONG).until(() -> !bench.runner().isRunning(call));
        assertThat(bench.runner().resume(call)).contains(new ActionOutcome.Refused(new Refusal.Abandoned("web")));
        assertThat(begun()).isEmpty();
    }

    /** Returns when it stands ready. */
    private Thread ready(ActionCall call) throws IOException {
        Thread readying = Thread.ofVirtual()
                .start(() -> interruptibly(() -> bench.runner().ready(call)));
        await().atMost(LONG).until(() -> !bench.containers.isEmpty("web"));
        return readying;
    }

    private ActionCall fenced(long generation) {
        return new ActionCall(
                "web",
                Verb.START,
                generation,
                1,
                new Program.File("go"),
                Map.of(),
                List.of(),
                LONG,
                false,
                "n1",
                "n1",
                generation,
                Map.of());
    }

    private List<String> begun() throws IOException {
        return Files.exists(bench.file("begun")) ? Files.readAllLines(bench.file("begun")) : List.of();
    }

    private interface Interruptible {
        void run() throws InterruptedException;
    }

    private static void interruptibly(Interruptible work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
