package io.stead.agent.program;

import io.stead.agent.config.AgentConfig.Allow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** Where the programs of this host lie, and which of them a spec may name. The file itself is checked by the launcher. */
public final class Programs {
    private static final Path RESOURCES = OcfEnvironment.ROOT.resolve("resource.d");

    private final TrustedDirectory actions;
    private final Allow allow;
    private final Path own;
    private final Path scratch;
    private final Path ocf;

    /**
     * @param actions the host's actions directory; looked at anew at each run
     * @param allow what may be run besides
     * @param own for a program of the agent's own, which runs units; made when the first is run
     * @param scratch for what OCF agents keep until the next boot; made when the first is run
     */
    public Programs(Path actions, Allow allow, Path own, Path scratch) throws IOException {
        this(actions, allow, own, scratch, RESOURCES);
    }

    Programs(Path actions, Allow allow, Path own, Path scratch, Path ocf) throws IOException {
        this.actions = new TrustedDirectory(actions);
        this.allow = allow;
        this.own = own;
        this.scratch = scratch;
        this.ocf = ocf;
    }

    /** Files of the actions directory only. */
    public static Programs of(Path actions) throws IOException {
        return new Programs(actions, Allow.NOTHING, Path.of("/"), Path.of("/"));
    }

    /** What is wrong with the actions directory. */
    public Optional<Refusal> flaw() throws IOException {
        return actions.flaw();
    }

    /** Why it can't be run with these parameters. */
    public Optional<Refusal> flaw(Program program, Map<String, String> params) throws IOException {
        Optional<Refusal> denied = denied(program, params);
        if (denied.isPresent()) {
            return denied;
        }
        TrustedDirectory directory = directory(program);
        Optional<Refusal> flaw = directory.flaw();
        if (flaw.isEmpty() && directory.file(name(program)).isEmpty()) {
            return Optional.of(new Refusal.BadFileName(name(program)));
        }
        return flaw;
    }

    private Optional<Refusal> denied(Program program, Map<String, String> params) {
        return switch (program) {
            case Program.File _ -> Optional.empty();
            case Program.Unit unit ->
                allow.permits(unit.unit())
                        ? Optional.empty()
                        : Optional.of(new Refusal.NotAllowed("systemd unit " + unit, "allow.units"));
            case Program.Ocf agent -> denied(agent, params);
        };
    }

    private Optional<Refusal> denied(Program.Ocf program, Map<String, String> params) {
        if (!allow.permits(program.agent())) {
            return Optional.of(new Refusal.NotAllowed("OCF agent " + program, "allow.ocf"));
        }
        return params.keySet().stream()
                .sorted()
                .filter(name -> !allow.permits(program.agent(), name))
                .findFirst()
                .map(name -> new Refusal.ParameterNotAllowed(program.toString(), name));
    }

    /** The program's path; empty where its name is none. */
    public Optional<Path> file(Program program) throws IOException {
        return directory(program).file(name(program));
    }

    /** The user whose files are run: root's (0), or the agent's own. */
    public int owner() {
        return actions.owner();
    }

    /** Where OCF agents keep what they know until the next boot; nobody else may write there. */
    public Path scratch() throws IOException {
        if (!Files.isDirectory(scratch)) {
            Files.createDirectories(
                    scratch, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        return scratch;
    }

    private TrustedDirectory directory(Program program) throws IOException {
        return switch (program) {
            case Program.File _ -> actions;
            case Program.Unit _ -> {
                UnitScript.install(own);
                yield new TrustedDirectory(own);
            }
            case Program.Ocf agent -> new TrustedDirectory(ocf.resolve(agent.provider()));
        };
    }

    private static String name(Program program) {
        return switch (program) {
            case Program.File file -> file.name();
            case Program.Unit _ -> UnitScript.NAME;
            case Program.Ocf agent -> agent.type();
        };
    }
}
