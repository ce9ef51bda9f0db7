package io.stead.agent.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files that a reader sees whole: the old text or the new, never a part of it. Each file has one writer at a time;
 * the name with {@code .tmp} behind it is the writer's.
 */
public final class WholeFile {
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private WholeFile() {}

    /** Replaces the text of a file. After a crash of the host it may hold the old text, the new one, or nothing. */
    public static void replace(Path file, String text) throws IOException {
        Files.move(written(file, text, false), file, ATOMIC_MOVE);
    }

    /** Replaces the text of a file; once this has returned, the new text survives a crash of the host. */
    public static void replaceDurably(Path file, String text) throws IOException {
        Files.move(written(file, text, true), file, ATOMIC_MOVE);
        forceDirectory(file);
    }

    /** Makes what was created, renamed or deleted beside this file survive a crash of the host. */
    static void forceDirectory(Path file) throws IOException {
        try (FileChannel directory = FileChannel.open(directoryOf(file), READ)) {
            directory.force(true);
        }
    }

    private static Path written(Path file, String text, boolean force) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = made(fresh)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (force) {
                channel.force(true);
            }
        }
        return fresh;
    }

    private static FileChannel made(Path fresh) throws IOException {
        try {
            return FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), OURS_ALONE);
        } catch (FileAlreadyExistsException e) {
            // Its writer was killed before it was done.
            Files.delete(fresh);
            return FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), OURS_ALONE);
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is not a file's name");
        }
        return parent;
    }
}
