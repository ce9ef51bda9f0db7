package io.stead.agent.action;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.stead.agent.container.Cell;
import io.stead.agent.container.ProcessTable;
import io.stead.agent.disk.PrivateDirectory;
import io.stead.agent.output.Outputs;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell program between the agent and an action: starts it, and finds it again after the agent's restart. */
final class Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final String SHELL = "/bin/sh";

    private final Path program;
    private final Optional<Path> household;
    private final Optional<Path> leaseFile;
    private final SecureRandom random = new SecureRandom();

    Launcher(Path directory, Optional<Path> household, Optional<Path> leaseFile) throws IOException {
        this.program = PrivateDirectory.install(directory, Launcher.class, "launch.sh");
        this.household = household;
        this.leaseFile = leaseFile;
    }

    /** A launcher at work; {@code mark}: where the run's output begins. */
    record Launched(ProcessHandle process, Outputs.Mark mark) {
        /** Whether it has ended within a time. */
        boolean ended(Duration limit) throws InterruptedException {
            try {
                process.onExit().get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * A program and what it is told.
     *
     * @param owner the user that must own the file
     */
    record Executable(Path file, int owner, List<String> args, Map<String, String> variables) {
        Executable {
            args = List.copyOf(args);
            variables = Map.copyOf(variables);
        }
    }

    /** A launcher that makes everything ready, and executes nothing before it has the word. */
    record Readied(Launched launched, OutputStream gate) {
        /** Gives the word. If it has ended before, its outcome tells why. */
        Launched go() {
            try (gate) {
                gate.write('\n');
            } catch (IOException e) {
                LOG.debug(
                        "launcher={} word=not-taken reason=\"{}\"",
                        launched.process().pid(),
                        e.getMessage());
            }
            return launched;
        }

        /** It will never have the word, and ends by itself. */
        void abandon() {
            try {
                gate.close();
            } catch (IOException e) {
                LOG.debug(
                        "launcher={} gate=not-closed reason=\"{}\"",
                        launched.process().pid(),
                        e.getMessage());
            }
        }
    }

    /** Opens the cell and starts the launcher, in a session of its own; the agent's death is the same as abandoning it. */
    Readied ready(ActionCall call, Executable executable, Cell cell, RunFiles run, Path output, Outputs.Mark mark)
            throws IOException {
        byte[] cookie = new byte[16];
        random.nextBytes(cookie);
        String hex = HexFormat.of().formatHex(cookie);
        cell.open(hex);
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                SHELL,
                program.toString(),
                "outer",
                run.base().toString(),
                mark.toString(),
                household.map(Path::toString).orElse(""),
                cell.kind(),
                cell.path(),
                call.exclusive() ? leaseFile.map(Path::toString).orElse("") : "",
                Integer.toString(executable.owner()),
                executable.file().toString()));
        command.addAll(executable.args());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(executable.variables());
        builder.environment().put("LAUNCH_COOKIE", hex);
        Process process = builder.start();
        return new Readied(new Launched(process.toHandle(), mark), process.getOutputStream());
    }

    /** The launcher of this run, if it lives; whichever agent started it. */
    Optional<Launched> find(RunFiles run) throws IOException {
        String start = new String(("\0" + program + "\0outer\0" + run.base() + "\0").getBytes(UTF_8), ISO_8859_1);
        for (ProcessTable.Entry entry : ProcessTable.living()) {
            String arguments = ProcessTable.arguments(entry.pid());
            int at = arguments.indexOf(start);
            Optional<ProcessHandle> process =
                    at < 0 || !ProcessTable.isOurs(entry.pid()) ? Optional.empty() : ProcessHandle.of(entry.pid());
            if (process.isPresent()) {
                String mark = arguments.substring(at + start.length(), arguments.indexOf('\0', at + start.length()));
                return Optional.of(new Launched(process.get(), Outputs.Mark.parsed(mark)));
            }
        }
        return Optional.empty();
    }
}
