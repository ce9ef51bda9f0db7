package io.stead.agent.action;

import io.stead.agent.container.Containers;
import io.stead.agent.container.Grounds;
import io.stead.agent.program.Program;
import io.stead.agent.program.Programs;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agent's part in a process of its own, to be killed while it waits for an action. */
final class InterruptedAgent {
    /** Makes a start ready, instead of running anything. */
    static final String READY = "READY";

    private InterruptedAgent() {}

    /** Starts it. */
    static Process start(Bench bench, String verb, String file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptedAgent.class.getName(),
                        bench.directory.resolve("data").toString(),
                        bench.actions.toString(),
                        bench.grounds.name(),
                        verb,
                        file)
                .inheritIO()
                .start();
    }

    /** Arguments: the data directory, the actions directory, the containers' name, verb (or READY), file. */
    public static void main(String[] args) throws Exception {
        Containers containers = Grounds.named(args[2]);
        ActionRunner runner = new ActionRunner(
                Path.of(args[0]), Programs.of(Path.of(args[1])), containers, Optional.empty(), Bench.LIMITS);
        if (args[3].equals(READY)) {
            runner.ready(call(Verb.START, args[4]));
        } else {
            System.out.println(runner.run(call(Verb.valueOf(args[3]), args[4])));
        }
    }

    static ActionCall call(Verb verb, String file) {
        return new ActionCall(
                "web",
                verb,
                7,
                1,
                new Program.File(file),
                Map.of(),
                List.of(),
                Duration.ofSeconds(20),
                false,
                "n1",
                "n2",
                7,
                Map.of());
    }
}
