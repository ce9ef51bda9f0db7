package io.stead.agent.action;

import io.stead.agent.container.Containers;
import io.stead.agent.container.Grounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agent's part in a process of its own, to be killed while it waits for an action. */
final class InterruptedAgent {
    private InterruptedAgent() {}

    /** Arguments: the data directory, the actions directory, the containers' name, verb, file. */
    public static void main(String[] args) throws Exception {
        Containers containers = Grounds.named(args[2]);
        ActionRunner runner =
                new ActionRunner(Path.of(args[0]), Path.of(args[1]), containers, Optional.empty(), Bench.LIMITS);
        System.out.println(runner.run(call(Verb.valueOf(args[3]), args[4])));
    }

    static ActionCall call(Verb verb, String file) {
        return new ActionCall(
                "web", verb, 7, 1, file, Map.of(), List.of(), Duration.ofSeconds(20), false, "n1", "n2", 7, Map.of());
    }
}
