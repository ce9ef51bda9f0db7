package io.stead.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What this build has packaged, started as a user starts it: by {@code bin/stead}, which becomes the process it runs. */
final class Distribution {
    private static final Path HOME = Path.of(System.getProperty("stead.home")).normalize();

    private Distribution() {}

    /**
     * Starts it, with output and complaints in one file.
     *
     * @param variables beside the few that every process has; nothing else of this process's environment is passed on
     */
    static Process start(Path log, Map<String, String> variables, List<String> arguments) {
        return start(log, variables, List.of(), arguments);
    }

    /**
     * The same elsewhere.
     *
     * @param before a command that becomes this one, or runs it
     */
    static Process start(Path log, Map<String, String> variables, List<String> before, List<String> arguments) {
        return start(
                command(variables, before, arguments).redirectErrorStream(true).redirectOutput(to(log)));
    }

    /**
     * The same with output and complaints apart.
     *
     * @param before a command that becomes this one
     */
    static Process start(
            Path out, Path err, Map<String, String> variables, List<String> before, List<String> arguments) {
        return start(
                command(variables, before, arguments).redirectOutput(to(out)).redirectError(to(err)));
    }

    private static ProcessBuilder.Redirect to(Path file) {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    private static ProcessBuilder command(Map<String, String> variables, List<String> before, List<String> arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(HOME.resolve("bin/stead").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "JAVA_HOME", "LANG", "LC_ALL", "USER", "LOGNAME"));
        environment.put("STEAD_NO_BUILD", "1");
        environment.putAll(variables);
        return builder;
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it lies, and its Java, if that is not where every host has it. */
    static List<Path> places() {
        return Stream.concat(
                        Stream.of(HOME),
                        Stream.ofNullable(System.getenv("JAVA_HOME")).map(Path::of))
                .filter(Files::isDirectory)
                .toList();
    }

    /** Stops a process where it stands. */
    static void freeze(ProcessHandle process) {
        signal(process.pid(), "-STOP");
    }

    static void thaw(ProcessHandle process) {
        signal(process.pid(), "-CONT");
    }

    static void signal(long pid, String signal) {
        try {
            int code = new ProcessBuilder("kill", signal, Long.toString(pid))
                    .start()
                    .waitFor();
            assertThat(code).as("kill %s %d", signal, pid).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
