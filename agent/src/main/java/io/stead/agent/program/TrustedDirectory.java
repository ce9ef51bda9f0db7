package io.stead.agent.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of programs, such as the host's actions directory (C12): its owner alone decides what can be run. The
 * directory and every directory and link on the way to it must be root's, or the agent's own where the agent is not root,
 * and writable by nobody else. The file itself is checked by the launcher, on the opened file.
 */
final class TrustedDirectory {
    private static final int STICKY = 01000;
    private static final int MOST_LINKS = 40;

    private final Path given;
    private final int self;

    TrustedDirectory(Path given) throws IOException {
        this.given = given.toAbsolutePath();
        this.self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** The user whose files are run: root's (0), or the agent's own. */
    int owner() {
        return self;
    }

    /** The file's real path; a name with a slash, or one that hides or climbs, is none. */
    Optional<Path> file(String name) throws IOException {
        boolean plain =
                !name.isEmpty() && !name.startsWith(".") && name.chars().allMatch(c -> c > ' ' && c < 127 && c != '/');
        return plain ? Optional.of((Files.exists(given) ? given.toRealPath() : given).resolve(name)) : Optional.empty();
    }

    /** What is wrong with the directory or the way to it. */
    Optional<Refusal> flaw() throws IOException {
        try {
            Optional<Refusal> flaw = flawOn(given, MOST_LINKS);
            return flaw.isEmpty() && !Files.isDirectory(given)
                    ? Optional.of(new Refusal.NoDirectory(given.toString()))
                    : flaw;
        } catch (NoSuchFileException e) {
            return Optional.of(new Refusal.NoDirectory(e.getFile()));
        }
    }

    private Optional<Refusal> flawOn(Path path, int links) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Optional<Refusal> above = flawOn(parent, links);
            if (above.isPresent()) {
                return above;
            }
        }
        Map<String, Object> is = Files.readAttributes(path, "unix:uid,mode,permissions", LinkOption.NOFOLLOW_LINKS);
        Integer uid = (Integer) is.get("uid");
        if (uid == null || (uid != 0 && uid != self)) {
            return Optional.of(new Refusal.WrongOwner(path.toString(), String.valueOf(uid), Integer.toString(self)));
        }
        if (Files.isSymbolicLink(path)) {
            if (links == 0 || parent == null) {
                return Optional.of(new Refusal.Missing(path.toString()));
            }
            return flawOn(parent.resolve(Files.readSymbolicLink(path)), links - 1);
        }
        return writable(path, is) ? Optional.of(new Refusal.Writable(path.toString())) : Optional.empty();
    }

    /** In a sticky directory, such as /tmp, nobody else can replace what is ours; they can add, so not in the last. */
    private boolean writable(Path path, Map<String, Object> is) throws IOException {
        boolean sticky = is.get("mode") instanceof Integer mode && (mode & STICKY) != 0;
        return is.get("permissions") instanceof Set<?> permissions
                && (permissions.contains(PosixFilePermission.GROUP_WRITE)
                        || permissions.contains(PosixFilePermission.OTHERS_WRITE))
                && (!sticky || Files.isSameFile(path, given));
    }
}
