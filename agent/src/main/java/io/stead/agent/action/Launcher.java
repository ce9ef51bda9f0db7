package io.stead.agent.action;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.stead.agent.container.Cell;
import io.stead.agent.container.ProcessTable;
import io.stead.agent.disk.PrivateDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The shell program between the agent and an action: starts it, and finds it again after the agent's restart. */
final class Launcher {
    private static final String SHELL = "/bin/sh";
    private static final File NOTHING = new File("/dev/null");

    private final Path program;
    private final Optional<Path> household;
    private final Optional<Path> leaseFile;
    private final SecureRandom random = new SecureRandom();

    Launcher(Path directory, Optional<Path> household, Optional<Path> leaseFile) throws IOException {
        this.program = PrivateDirectory.install(directory, Launcher.class, "launch.sh");
        this.household = household;
        this.leaseFile = leaseFile;
    }

    /** A launcher at work. */
    record Launched(ProcessHandle process, RunFiles.Memo memo) {}

    /** Opens the cell and starts the launcher, in a session of its own. */
    Launched launch(ActionCall call, Path file, int owner, Cell cell, RunFiles run, Path output, RunFiles.Memo memo)
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
                memo.toString(),
                household.map(Path::toString).orElse(""),
                cell.kind(),
                cell.path(),
                call.exclusive() ? leaseFile.map(Path::toString).orElse("") : "",
                Integer.toString(owner),
                file.toString()));
        command.addAll(call.args());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(Environment.of(call, file));
        builder.environment().put("LAUNCH_COOKIE", hex);
        return new Launched(builder.start().toHandle(), memo);
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
                String memo = arguments.substring(at + start.length(), arguments.indexOf('\0', at + start.length()));
                return Optional.of(new Launched(process.get(), RunFiles.Memo.parsed(memo)));
            }
        }
        return Optional.empty();
    }
}
