package io.stead.agent.output;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.stead.agent.disk.PrivateDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What actions and services print: a file per service, {@code RUNS/SERVICE/output}, which they append to by themselves, so
 * that no agent's death can block or break them. When it has grown past half the limit, its newest part replaces
 * {@code output.old} and it starts from nothing; what is written between the last look and the cut, microseconds, is lost.
 */
public final class Outputs {
    private final Path runs;
    private final long halfBytes;
    /** What may be written while the rest is copied. */
    private final long catchUpBytes;

    /** @param limitBytes of both files together; between two looks a program may write more */
    public Outputs(Path runs, long limitBytes) {
        this.runs = runs;
        this.halfBytes = limitBytes / 2;
        this.catchUpBytes = limitBytes / 16;
    }

    public Path file(String service) {
        return runs.resolve(service).resolve("output");
    }

    private Path older(String service) {
        return runs.resolve(service).resolve("output.old");
    }

    /**
     * A place in a service's output.
     *
     * @param offset in the file, as it was
     * @param cut when the file had last been cut, in milliseconds of its file system's clock; 0 for never
     */
    public record Mark(long offset, long cut) {
        /** As it goes through the launcher. */
        @Override
        public String toString() {
            return offset + " " + cut;
        }

        public static Mark parsed(String text) {
            int space = text.indexOf(' ');
            return new Mark(Long.parseLong(text, 0, space, 10), Long.parseLong(text, space + 1, text.length(), 10));
        }
    }

    /** Where the output of the next run will begin; the file exists afterwards, readable by the agent's user alone. */
    public Mark begin(String service) throws IOException {
        PrivateDirectory.at(runs.resolve(service));
        Path file = file(service);
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        long cut = lastCut(service);
        return new Mark(size(service), cut);
    }

    /** The newest lines since a mark, as far as they are still there. */
    public String tail(String service, Mark since) throws IOException {
        ByteArrayOutputStream newest = new ByteArrayOutputStream();
        boolean cut = lastCut(service) != since.cut();
        if (cut) {
            newest.write(last(older(service), 0));
        }
        newest.write(last(file(service), cut ? 0 : since.offset()));
        return Tail.of(newest.toByteArray());
    }

    /** Cuts what has grown too long; whether it had. One thread at a time. */
    public boolean trim(String service) throws IOException {
        if (size(service) <= halfBytes) {
            return false;
        }
        Path fresh = runs.resolve(service).resolve("output.tmp");
        try (FileChannel from = FileChannel.open(file(service), READ, WRITE);
                FileChannel to = FileChannel.open(fresh, CREATE, WRITE, TRUNCATE_EXISTING)) {
            long position = from.size() - halfBytes + catchUpBytes;
            long copied = 1;
            while (copied > 0 && to.position() < halfBytes) {
                copied = from.transferTo(position, halfBytes - to.position(), to);
                position += copied;
            }
            Files.move(fresh, older(service), REPLACE_EXISTING);
            from.truncate(0);
        }
        return true;
    }

    /** Deletes the outputs of a service, and whatever else is kept beside them. */
    public void forget(String service) throws IOException {
        Path directory = runs.resolve(service);
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory);
        }
    }

    public Set<String> services() throws IOException {
        Set<String> services = new TreeSet<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(runs)) {
            directories.forEach(
                    directory -> services.add(directory.getFileName().toString()));
        }
        return services;
    }

    private long size(String service) throws IOException {
        try {
            return Files.size(file(service));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private long lastCut(String service) throws IOException {
        try {
            return Files.getLastModifiedTime(older(service)).toMillis();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** The last bytes of a file that may matter to a tail, none of them before {@code from}. */
    private static byte[] last(Path file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Tail.WINDOW_BYTES);
            long position = Math.max(from, channel.size() - bytes.capacity());
            int read = 0;
            while (read >= 0 && bytes.hasRemaining()) {
                read = channel.read(bytes, position + bytes.position());
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
