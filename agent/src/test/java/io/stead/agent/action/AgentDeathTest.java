package io.stead.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Grounds;
import io.stead.agent.program.Program;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** An agent is killed while an action runs: the action goes on, and the next agent learns how it ended (A22, C4). */
@ParameterizedClass
@EnumSource(Grounds.Kind.class)
@Tag("A22")
@Tag("C4")
@Timeout(60)
class AgentDeathTest {
    private final Grounds.Kind kind;

    private Bench bench;

    AgentDeathTest(Grounds.Kind kind) {
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
    void whileItRuns_itIsSeenRunning_andThenItsOutcome() throws Exception {
        bench.script("go", "echo begun", "touch " + bench.file("begun"), wait("go-on"), "echo still here", "exit 5");
        ActionCall call = killAgentDuring(Verb.STOP, "go");

        assertThat(bench.runner().isRunning(call)).isTrue();

        Files.createFile(bench.file("go-on"));
        await().atMost(Duration.ofSeconds(10)).until(() -> !bench.runner().isRunning(call));
        assertThat(bench.runner().resume(call).orElseThrow())
                .isInstanceOfSatisfying(ActionOutcome.Failed.class, failed -> {
                    assertThat(failed.ending()).isEqualTo(new ActionOutcome.Ending.Exit(5));
                    assertThat(failed.tail()).isEqualTo("begun | still here");
                    assertThat(failed.took()).isPositive();
                });
    }

    @Test
    void aStartGoesOn_andLeavesItsService() throws Exception {
        bench.script("go", "sleep 300 &", "touch " + bench.file("begun"), wait("go-on"), "exit 0");
        ActionCall call = killAgentDuring(Verb.START, "go");
        Files.createFile(bench.file("go-on"));

        assertThat(bench.runner().resume(call).orElseThrow()).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(bench.containers.pids("web")).hasSize(1);
    }

    @Test
    void aResumedRun_keepsItsTimeLimit() throws Exception {
        bench.script("go", "touch " + bench.file("begun"), "while :; do sleep 1; done");
        killAgentDuring(Verb.START, "go");
        ActionCall shorter = bench.call(Verb.START, "go", Duration.ofMillis(1));

        assertThat(bench.runner().resume(shorter).orElseThrow()).isInstanceOf(ActionOutcome.TimedOut.class);
        assertThat(bench.containers.isEmpty("web")).isTrue();
    }

    @Test
    void ofARunThatNeverBegan_nothingIsKnown() throws Exception {
        ActionCall call = bench.call(Verb.START, "go");
        assertThat(bench.runner().isRunning(call)).isFalse();
        assertThat(bench.runner().resume(call)).isEmpty();
    }

    @Test
    void anotherAttempt_endsWhatAnEarlierAgentLeft() throws Exception {
        bench.script(
                "go", "echo $$ >" + bench.file("old"), "touch " + bench.file("begun"), "while :; do sleep 1; done");
        killAgentDuring(Verb.STOP, "go");
        bench.script("again", "exit 0");
        ActionCall second = new ActionCall(
                "web",
                Verb.STOP,
                7,
                2,
                new Program.File("again"),
                Map.of(),
                List.of(),
                Duration.ofSeconds(20),
                false,
                "n1",
                "n2",
                7,
                Map.of());

        assertThat(bench.runner().run(second)).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(bench.lives("old")).isFalse();
    }

    /** Runs the action from another JVM and kills that with SIGKILL once the action says that it has begun. */
    private ActionCall killAgentDuring(Verb verb, String file) throws Exception {
        Process agent = InterruptedAgent.start(bench, verb.name(), file);
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(bench.file("begun")));
        } finally {
            agent.destroyForcibly().waitFor();
        }
        return InterruptedAgent.call(verb, file);
    }

    private String wait(String file) {
        return "until [ -e %s ]; do sleep 0.01; done".formatted(bench.file(file));
    }
}
