package io.stead.it.bench;

import java.util.List;

/** {@code bin/bench [plan] [cli] [agent] [restart] [failover] [outage]}: all of them, or those that are named. Prints figures, judges nothing. */
public final class Main {
    private static final List<String> ALL = List.of("plan", "cli", "agent", "restart", "failover", "outage");

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> named = args.length == 0 ? ALL : List.of(args);
        for (String name : named) {
            if (!ALL.contains(name)) {
                System.err.println("bench: there is no benchmark " + name + ": name some of " + String.join(", ", ALL));
                System.exit(2);
            }
        }
        if (named.contains("plan")) {
            PlanBench.run();
        }
        if (named.contains("outage")) {
            OutageBench.run();
        }
        if (named.stream().anyMatch(List.of("cli", "agent", "restart", "failover")::contains)) {
            try (Trial trial = new Trial()) {
                if (named.contains("cli")) {
                    CliBench.run(trial);
                }
                if (named.contains("agent")) {
                    AgentBench.run(trial);
                }
                if (named.contains("restart")) {
                    RestartBench.run(trial);
                }
                if (named.contains("failover")) {
                    FailoverBench.run(trial);
                }
            }
        }
    }
}
