package io.stead.agent.action;

import io.stead.agent.container.Uptime;
import io.stead.agent.disk.PrivateDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a run leaves on the disk, in the service's directory:
 *
 * <pre>
 *   VERB-GENERATION-ATTEMPT.outcome   1 BEGAN OFFSET ENDED exit STATUS     by the launcher
 *                                     1 BEGAN OFFSET ENDED refused REASON…
 *                          .refused   refused REASON…                      by the launcher, on the way to the outcome
 *                          .off       empty: the run was called off        by the agent, before it kills
 * </pre>
 *
 * Times are hundredths of a second of uptime; OFFSET is where its output begins in the service's output file.
 *
 * @param base the path without the ending
 */
record RunFiles(Path base) {

    /** What the agent hands to the launcher and finds again in the outcome and in the launcher's arguments. */
    record Memo(long began, long offset) {
        @Override
        public String toString() {
            return began + " " + offset;
        }

        static Memo parsed(String text) {
            String[] words = text.split(" ", -1);
            return new Memo(Long.parseLong(words[0]), Long.parseLong(words[1]));
        }
    }

    /** An outcome as the launcher wrote it; {@code end} is {@code exit STATUS} or {@code refused REASON…}. */
    record Written(Memo memo, Duration took, String[] end) {}

    static RunFiles of(Path directory, ActionCall call) {
        return new RunFiles(directory.resolve(call.key()));
    }

    Path with(String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }

    /** Calls the run off: a launcher that has not executed anything yet never will. */
    void callOff() throws IOException {
        if (!Files.exists(with(".off"))) {
            Files.createFile(with(".off"));
        }
    }

    boolean calledOff() {
        return Files.exists(with(".off"));
    }

    /** What the launcher wrote; empty if nothing, or nothing that can be read. */
    Optional<Written> written() throws IOException {
        try {
            String[] words = Files.readString(with(".outcome")).strip().split(" ", -1);
            if (words.length < 6 || !words[0].equals("1")) {
                return Optional.empty();
            }
            Memo memo = new Memo(Long.parseLong(words[1]), Long.parseLong(words[2]));
            long ended = Long.parseLong(words[3].replace(".", ""));
            String[] end = Arrays.copyOfRange(words, 4, words.length);
            return Optional.of(new Written(memo, Uptime.between(memo.began(), ended), end));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Makes room for a run: its own files of an earlier life go, and those of all other runs of this verb that are over. */
    void clear(String verb, Predicate<Path> alive) throws IOException {
        Path directory = PrivateDirectory.at(base.getParent());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, verb + "-*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Path run = file.resolveSibling(name.substring(0, name.indexOf('.')));
                if (run.equals(base) || !alive.test(run)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
