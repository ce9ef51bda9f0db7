package io.stead.it.bench;

import java.io.IOException;

/** The CLI from its start to its end. */
final class CliBench {
    private static final int ROUNDS = 11;

    private CliBench() {}

    static void run(Trial trial) throws IOException, InterruptedException {
        measure(trial, "stead --help", "150 ms", "--help");
        measure(trial, "stead status", "350 ms", "status");
    }

    private static void measure(Trial trial, String name, String budget, String... arguments)
            throws IOException, InterruptedException {
        Figures figures = new Figures(name, "ms", budget);
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            var _ = trial.cli(arguments);
            figures.add((System.nanoTime() - begin) / 1e6);
        }
        figures.print();
    }
}
