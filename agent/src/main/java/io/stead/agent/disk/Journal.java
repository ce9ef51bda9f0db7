package io.stead.agent.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What the agent intends, on the disk before it acts (A22): one record per key, which survives kill -9 and, as it was
 * {@linkplain #put put} last, a crash of the host. A record that cannot be read is reported and set aside, so that one bad file stops nothing else.
 *
 * <p>Each file is {@code KEY.rec}: a line {@code stead 1 LENGTH CRC32C}, then the text. Safe for use by several threads as
 * long as each key has one writer at a time.
 */
public final class Journal {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,126}");
    private static final String RECORD = ".rec";

    private final Path directory;

    private Journal(Path directory) {
        this.directory = directory;
    }

    /** What was read: the texts by key, and one line for each file that held none. */
    public record Contents(Map<String, String> records, List<Corrupt> corrupt) {
        public Contents {
            records = Map.copyOf(records);
            corrupt = List.copyOf(corrupt);
        }
    }

    /** A file that was no record, and where it is now. */
    public record Corrupt(Path setAside, String why) {}

    public static Journal in(Path directory) throws IOException {
        return new Journal(PrivateDirectory.at(directory));
    }

    /**
     * Writes the record of a key; it is on the disk when this returns.
     *
     * @param key a name: letters, digits, dots, underscores, dashes, at most 127
     */
    public void put(String key, String text) throws IOException {
        WholeFile.replaceDurably(file(key), record(text));
    }

    /** As {@link #put}, but the kernel writes it to the disk when it pleases: it survives the process, not the host. */
    public void putSoon(String key, String text) throws IOException {
        WholeFile.replace(file(key), record(text));
    }

    private static String record(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return "stead 1 %d %08x\n%s".formatted(bytes.length, checksum(bytes), text);
    }

    /** Removes the record of a key, if there is one; it stays removed when this returns. */
    public void remove(String key) throws IOException {
        if (Files.deleteIfExists(file(key))) {
            WholeFile.forceDirectory(file(key));
        }
    }

    /** Reads all records. Files that hold none are renamed to {@code *.corrupt}; half-written ones are deleted. */
    public Contents all() throws IOException {
        Map<String, String> records = new TreeMap<>();
        List<Corrupt> corrupt = new ArrayList<>();
        List<Path> files;
        try (var listing = Files.list(directory)) {
            files = listing.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(RECORD + ".tmp")) {
                Files.delete(file);
            } else if (name.endsWith(RECORD)) {
                try {
                    records.put(name.substring(0, name.length() - RECORD.length()), text(file));
                } catch (NotARecord e) {
                    Path aside = file.resolveSibling(name + ".corrupt");
                    Files.move(file, aside, ATOMIC_MOVE);
                    corrupt.add(new Corrupt(aside, e.why));
                }
            }
        }
        return new Contents(records, corrupt);
    }

    private Path file(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("no key of a journal: " + key);
        }
        return directory.resolve(key + RECORD);
    }

    private static String text(Path path) throws IOException, NotARecord {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotARecord("not a regular file");
        }
        byte[] file = Files.readAllBytes(path);
        int line = 0;
        while (line < file.length && file[line] != '\n') {
            line++;
        }
        String[] head = new String(file, 0, line, UTF_8).split(" ", -1);
        if (line == file.length || head.length != 4 || !head[0].equals("stead")) {
            throw new NotARecord("not a record of this journal");
        }
        if (!head[1].equals("1")) {
            throw new NotARecord("version " + head[1] + " is not known here");
        }
        byte[] bytes = Arrays.copyOfRange(file, line + 1, file.length);
        if (!head[2].equals(Integer.toString(bytes.length))) {
            throw new NotARecord("has " + bytes.length + " bytes instead of " + head[2]);
        }
        if (!head[3].equals("%08x".formatted(checksum(bytes)))) {
            throw new NotARecord("its checksum is wrong");
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new NotARecord("not UTF-8");
        }
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    private static final class NotARecord extends Exception {
        private static final long serialVersionUID = 1;
        private final String why;

        NotARecord(String why) {
            super(why);
            this.why = why;
        }
    }
}
