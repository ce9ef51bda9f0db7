package io.stead.agent.action;

import io.stead.agent.container.Uptime;
import io.stead.agent.disk.PrivateDirectory;
import io.stead.agent.output.Outputs;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What a run leaves on the disk, in the service's directory:
 *
 * <pre>
 *   VERB-GENERATION-ATTEMPT.outcome   1 BEGAN OFFSET CUT ENDED exit STATUS     by the launcher
 *                                     1 BEGAN OFFSET CUT ENDED refused REASON…
 *                          .refused   refused REASON…                          by the launcher, on the way to the outcome
 *                          .began     BEGAN                                    by the launcher, just before it executes
 *                          .off       empty: the run was called off            by the agent, before it kills
 * </pre>
 *
 * Times are seconds of uptime with two decimals; OFFSET and CUT are {@link Outputs.Mark where its output begins}.
 *
 * @param directory the service's
 * @param key VERB-GENERATION-ATTEMPT
 */
record RunFiles(Path directory, String key) {

    /** An outcome as the launcher wrote it; {@code end} is {@code exit STATUS} or {@code refused REASON…}. */
    record Written(Outputs.Mark mark, Duration took, List<String> end) {}

    /** {@code runs}: the directory of all services' directories. */
    static RunFiles of(Path runs, ActionCall call) {
        return new RunFiles(runs.resolve(call.service()), call.key());
    }

    /** The path that all files of the run begin with. */
    Path base() {
        return directory.resolve(key);
    }

    Path with(String ending) {
        return directory.resolve(key + ending);
    }

    /** Calls the run off: a launcher that has not executed anything yet never will, not even one that is still to come. */
    void callOff() throws IOException {
        if (!calledOff()) {
            PrivateDirectory.at(directory);
            Files.write(with(".off"), new byte[0]);
        }
    }

    boolean calledOff() {
        return Files.exists(with(".off"));
    }

    /** Whether it has executed its program, also where a full disk kept it from writing when. */
    boolean hasBegun() {
        return Files.exists(with(".began"));
    }

    /** When it executed its program, in hundredths of a second of uptime; empty if it has not yet. */
    OptionalLong began() throws IOException {
        try {
            return OptionalLong.of(
                    Uptime.parsed(Files.readString(with(".began")).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** What the launcher wrote; empty if nothing, or nothing that can be read. */
    Optional<Written> written() throws IOException {
        try {
            List<String> words =
                    List.of(Files.readString(with(".outcome")).strip().split(" ", -1));
            if (words.size() < 7 || !words.getFirst().equals("1")) {
                return Optional.empty();
            }
            Outputs.Mark mark = new Outputs.Mark(Long.parseLong(words.get(2)), Long.parseLong(words.get(3)));
            Duration took = Uptime.between(Uptime.parsed(words.get(1)), Uptime.parsed(words.get(4)));
            return Optional.of(new Written(mark, took, words.subList(5, words.size())));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes room for a run: its own files of an earlier life go, and those of all other runs of this verb that are over. A start
     * that was called off stays so: it runs at most once.
     */
    void clear(Verb verb, Predicate<Path> alive) throws IOException {
        String runs = verb.text() + "-*";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PrivateDirectory.at(directory), runs)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Path run = file.resolveSibling(name.substring(0, name.indexOf('.')));
                boolean own = run.equals(base());
                boolean kept = verb == Verb.START && file.equals(with(".off"));
                if (own ? !kept : !alive.test(run)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
