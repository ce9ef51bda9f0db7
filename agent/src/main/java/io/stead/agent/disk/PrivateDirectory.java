package io.stead.agent.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories that the agent's user alone may enter, and the programs that are installed there. */
public final class PrivateDirectory {
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    private PrivateDirectory() {}

    /**
     * The directory itself, created with its parents if it is missing, and closed to everybody else.
     *
     * @throws IOException also if the directory belongs to somebody else, who could put a program of their own into it
     */
    public static Path at(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OURS_ALONE));
        }
        Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(self)) {
            throw new IOException(directory + " belongs to user " + owner + ": chown it to user " + self);
        }
        if (!Files.getPosixFilePermissions(directory).equals(OURS_ALONE)) {
            Files.setPosixFilePermissions(directory, OURS_ALONE);
        }
        return directory;
    }

    /** Copies a shell program, a resource beside {@code owner}, into a private directory; a copy that differs is replaced. */
    public static Path install(Path directory, Class<?> owner, String name) throws IOException {
        Path installed = at(directory).resolve(name);
        String program;
        try (InputStream resource = owner.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing beside " + owner.getName());
            }
            program = new String(resource.readAllBytes(), UTF_8);
        }
        if (!Files.isRegularFile(installed, LinkOption.NOFOLLOW_LINKS)
                || !program.equals(Files.readString(installed))) {
            WholeFile.replace(installed, program);
        }
        return installed;
    }
}
