package io.stead.it.bench;

import java.util.List;
import java.util.Set;

/** {@code bin/bench [plan] [failover] [agent] [cli]}: all of them, or those that are named. */
public final class Main {
    private static final Set<String> ALL = Set.of("plan");

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> named = List.of(args);
        for (String name : named) {
            if (!ALL.contains(name)) {
                System.err.println("bench: no benchmark " + name + ": name some of " + ALL);
                System.exit(2);
            }
        }
        if (named.isEmpty() || named.contains("plan")) {
            PlanBench.run();
        }
    }
}
