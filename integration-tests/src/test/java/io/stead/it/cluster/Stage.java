package io.stead.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the services of a test play: their action file, its cues, and what it has written down. */
public final class Stage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NODES = 9;

    private final Path directory;
    private final Path actions;
    private int count;

    /**
     * A line that an action has left: its call has begun, ended well, or failed as it was told to.
     *
     * @param nanos on the wall clock of this host, which all nodes share
     * @param end begin, end or failed
     */
    public record Call(
            long nanos, String node, String service, String verb, long generation, String holder, String end) {
        static Call parsed(String line) {
            String[] w = line.split(" ", -1);
            return new Call(Long.parseLong(w[0]), w[1], w[2], w[3], Long.parseLong(w[4]), w[5], w[6]);
        }

        public boolean began(String someVerb) {
            return verb.equals(someVerb) && end.equals("begin");
        }

        public boolean ended(String someVerb) {
            return verb.equals(someVerb) && end.equals("end");
        }

        /** Such as {@code start shop on n1}. */
        public String what() {
            return verb + " " + service + " on " + node;
        }
    }

    Stage(Path directory) {
        this.directory = directory;
        this.actions = directory.resolve("actions.d");
        try (InputStream script = Stage.class.getResourceAsStream("play.sh")) {
            if (script == null) {
                throw new IllegalStateException("play.sh is not on the class path");
            }
            for (Path each : List.of(actions, directory.resolve("hold"), directory.resolve("fail"))) {
                Files.createDirectories(each);
            }
            Files.createFile(directory.resolve("calls"));
            Files.write(action("play"), script.readAllBytes());
            permit("play", "rwxr-xr-x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number that a node's name ends with. */
    static int number(String node) {
        return Integer.parseInt(node.substring(1));
    }

    Path directory() {
        return directory;
    }

    /** The host's actions directory; all nodes of the test share it. */
    public Path actions() {
        return actions;
    }

    public Path action(String name) {
        return actions.resolve(name);
    }

    /** Changes the permissions of an action file, as {@code ls} writes them. */
    public void permit(String name, String permissions) {
        try {
            Files.setPosixFilePermissions(action(name), PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An nginx that says who it is. Each service of a class has a name of its own, which begins with this. */
    public Play web(String name) {
        return play(name, "web", Ports.row(NODES + 1));
    }

    /** A port that nobody listens on now, and that no other test is given. */
    public int port() {
        return Ports.row(1);
    }

    /** A process that does nothing. */
    public Play idle(String name) {
        return play(name, "idle", 0);
    }

    /** A process that does nothing, with a lock that only its stop command takes away. */
    public Play locked(String name) {
        return play(name, "locked", 0);
    }

    private Play play(String name, String is, int port) {
        return new Play(this, name + "-" + ++count, is, port);
    }

    /** Has an action wait, on every node or on some alone, until it is released. */
    public void hold(Play play, String verb, String... nodes) {
        cues("hold", play, verb, nodes).forEach(Stage::put);
    }

    public void release(Play play, String verb, String... nodes) {
        cues("hold", play, verb, nodes).forEach(Stage::remove);
    }

    /** Has an action fail, on every node or on some alone. */
    public void fail(Play play, String verb, String... nodes) {
        cues("fail", play, verb, nodes).forEach(Stage::put);
    }

    public void mend(Play play, String verb, String... nodes) {
        cues("fail", play, verb, nodes).forEach(Stage::remove);
    }

    /**
     * Starts a web server as somebody does who has not heard of Stead: by the same file, but on the host and by hand.
     *
     * @return the process that it is
     */
    long startByHand(Play play, String node) {
        ProcessBuilder builder = new ProcessBuilder(action(play.start()).toString());
        builder.environment()
                .putAll(Map.of(
                        "STEAD_ACTION",
                        "start",
                        "STEAD_SERVICE",
                        play.name(),
                        "STEAD_NODE",
                        node,
                        "STEAD_HOLDER",
                        node,
                        "STEAD_GENERATION",
                        "0",
                        "STEAD_PARAM_STAGE",
                        directory.toString(),
                        "STEAD_PARAM_IS",
                        play.is(),
                        "STEAD_PARAM_PORT",
                        Integer.toString(play.port())));
        Path pid = directory.resolve(node).resolve(play.name()).resolve("nginx.pid");
        try {
            assertThat(builder.start().waitFor()).as("exit code of the start").isZero();
            await("the server's pid").atMost(PATIENCE).until(() -> Files.exists(pid) && Files.size(pid) > 0);
            return Long.parseLong(Files.readString(pid).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Stream<Path> cues(String kind, Play play, String verb, String... nodes) {
        String cue = play.name() + "." + verb;
        Stream<String> cues =
                nodes.length == 0 ? Stream.of(cue) : Stream.of(nodes).map(n -> cue + "." + n);
        return cues.map(directory.resolve(kind)::resolve);
    }

    /** Takes every cue away. */
    void clear() {
        for (String kind : List.of("hold", "fail")) {
            try (Stream<Path> cues = Files.list(directory.resolve(kind))) {
                cues.forEach(Stage::remove);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Forgets the calls so far. */
    void forget() {
        try {
            Files.writeString(directory.resolve("calls"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every call so far, in the order in which they were written. */
    public List<Call> calls() {
        try {
            return Files.readAllLines(directory.resolve("calls")).stream()
                    .map(Call::parsed)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calls of one service. */
    public List<Call> calls(Play play) {
        return calls().stream().filter(c -> c.service().equals(play.name())).toList();
    }

    /** The nodes on which the service's action has begun, in order. */
    public List<String> begun(Play play, String verb) {
        return calls(play).stream().filter(c -> c.began(verb)).map(Call::node).toList();
    }

    /** Waits until the service's action has begun on that many calls. */
    public void awaitBegun(Play play, String verb, int times) {
        await("%s of %s begins for the %d. time".formatted(verb, play.name(), times))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> begun(play, verb).size() >= times);
    }

    /** A22, for everything that was played: a start runs at most once per generation. */
    void checkStarts() {
        List<String> starts = calls().stream()
                .filter(c -> c.began("start"))
                .map(c -> c.service() + " generation " + c.generation())
                .toList();
        assertThat(starts).as("starts").doesNotHaveDuplicates();
    }

    private static void put(Path cue) {
        try {
            Files.createFile(cue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path cue) {
        try {
            Files.deleteIfExists(cue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
