package io.stead.agent.action;

import io.stead.agent.container.Cgroups;
import io.stead.agent.container.Containers;
import io.stead.agent.container.ProcessGroups;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agent's part in a process of its own, to be killed while it waits for an action. */
final class InterruptedAgent {
    private InterruptedAgent() {}

    /** Arguments: the data directory, the actions directory, a cgroup2 node's name or the groups' directory, verb, file. */
    public static void main(String[] args) throws Exception {
        Containers containers = args[2].startsWith("/")
                ? ProcessGroups.in(Path.of(args[2]))
                : Cgroups.in(Cgroups.mount().orElseThrow(), args[2]);
        ActionRunner runner =
                new ActionRunner(Path.of(args[0]), Path.of(args[1]), containers, Optional.empty(), Bench.LIMITS);
        System.out.println(runner.run(call(Verb.valueOf(args[3]), args[4])));
    }

    static ActionCall call(Verb verb, String file) {
        return new ActionCall(
                "web", verb, 7, 1, file, Map.of(), List.of(), Duration.ofSeconds(20), false, "n1", "n2", 7, Map.of());
    }
}
