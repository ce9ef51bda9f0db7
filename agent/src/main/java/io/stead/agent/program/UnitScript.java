package io.stead.agent.program;

import io.stead.agent.container.UnitCell;
import io.stead.agent.disk.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The shell program that has systemd run a unit; what it does is in {@code unit.sh}. */
public final class UnitScript {
    static final String NAME = "unit.sh";

    private static final Set<PosixFilePermission> EXECUTABLE = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private UnitScript() {}

    /** Puts it there, for nobody else to write or read. */
    static void install(Path directory) throws IOException {
        Path script = PrivateDirectory.install(directory, UnitScript.class, NAME);
        if (!Files.getPosixFilePermissions(script).equals(EXECUTABLE)) {
            Files.setPosixFilePermissions(script, EXECUTABLE);
        }
    }

    /** What it is called with. */
    public static List<String> arguments(Program.Unit unit, String verb, UnitCell cell, boolean exclusive) {
        return List.of(
                verb,
                unit.toString(),
                cell.slice(),
                cell.cgroup().toString(),
                cell.permit().toString(),
                exclusive ? "exclusive" : "shared");
    }
}
