package io.stead.it.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills the agent that owns a service, again and again, or lets it hang until its session is over: from then to the start
 * command on another node, and from the leader's first sight of the session's end (as its history has it) to that command.
 */
final class FailoverBench {
    private static final int ROUNDS = 15;
    private static final JsonMapper JSON = new JsonMapper();

    private FailoverBench() {}

    static void run(Trial trial) throws IOException, InterruptedException {
        rounds(trial, "agent killed", owner -> trial.kill(owner), owner -> {
            trial.start(owner);
            Trial.await(owner + " joins again", () -> trial.joined(owner));
        });
        // The agents of these rounds have been up for a while, as in earnest; those above are seconds old.
        rounds(trial, "agent hangs", owner -> trial.signal(owner, "STOP"), owner -> {
            long lives = trial.lives(owner);
            trial.signal(owner, "CONT");
            Trial.await(owner + " joins anew", () -> trial.lives(owner) > lives);
        });
    }

    private interface Step {
        void on(String node) throws IOException, InterruptedException;
    }

    private static void rounds(Trial trial, String what, Step fault, Step mend)
            throws IOException, InterruptedException {
        Figures whole = new Figures(what + " -> start command on another node (T = 2 s)", "ms", "-");
        Figures seen = new Figures(what + ": session's end seen -> start command", "ms", "25 ms median");
        for (int i = 0; i < ROUNDS; i++) {
            int before = trial.lines().size();
            String owner = trial.lines().getLast().split(" ", -1)[0];
            Instant begun = Instant.now();
            fault.on(owner);
            Trial.await("another node starts it", () -> trial.lines().size() > before);
            Instant started = time(trial.lines().getLast());
            whole.add(millis(begun, started));
            mend.on(owner);
            decided(trial, trial.lines().getLast().split(" ", -1)[0]).ifPresent(at -> seen.add(millis(at, started)));
        }
        whole.print();
        seen.print();
    }

    /** When the newest assignment of the service to that node was decided. */
    private static Optional<Instant> decided(Trial trial, String node) throws IOException, InterruptedException {
        JsonNode history = JSON.readTree(trial.cli("history", "-o", "json"));
        return StreamSupport.stream(history.spliterator(), false)
                .filter(line -> line.get("resource").asString().equals("service mark"))
                .filter(line -> line.get("what").asString().startsWith("assigned to " + node + " "))
                .reduce((_, newer) -> newer)
                .map(line -> Instant.parse(line.get("at").asString()));
    }

    private static Instant time(String line) {
        long nanos = Long.parseLong(line.split(" ", -1)[1]);
        return Instant.ofEpochSecond(0, nanos);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    static List<String> nodes() {
        return List.of("n1", "n2", "n3");
    }
}
