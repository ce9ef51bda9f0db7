package io.stead.schema.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a server was given, and where each of it stands.
 *
 * @param name of the file, or what stands for it in complaints
 * @param lines of the keys, from 1; empty where there is no file
 */
record ServerFile(String name, NavigableMap<String, String> given, Map<String, Integer> lines) {
    /** Real ones have some dozen lines. */
    private static final long LONGEST = 1 << 20;

    ServerFile {
        given = Collections.unmodifiableNavigableMap(new TreeMap<>(given));
        lines = Map.copyOf(lines);
    }

    static ServerFile without(String name, Map<String, String> given) {
        return new ServerFile(name, new TreeMap<>(given), Map.of());
    }

    /**
     * Reads a file of ZooKeeper's format.
     *
     * @throws IOException whose message is one line with the mend
     */
    static ServerFile read(Path file) throws IOException {
        String text = text(file);
        Properties read = new Properties();
        try {
            read.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": a backslash begins a character's number: write \\\\ for one", e);
        }
        NavigableMap<String, String> given = new TreeMap<>();
        read.stringPropertyNames().forEach(k -> given.put(k, read.getProperty(k).trim()));
        Map<String, Integer> lines = new HashMap<>();
        List<String> all = text.lines().toList();
        for (int i = 0; i < all.size(); i++) {
            lines.put(all.get(i).strip().split("[=:\\s]", 2)[0], i + 1);
        }
        lines.keySet().retainAll(given.keySet());
        return new ServerFile(file.toString(), given, lines);
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": it is a directory: name a file");
        }
        try {
            if (Files.size(file) <= LONGEST) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                if (text.chars().allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c))) {
                    return text;
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + ": it can't be read by this user", e);
        } catch (CharacterCodingException e) {
            throw new IOException(notText(file), e);
        } catch (IOException e) {
            throw new IOException(file + ": it can't be read: " + e.getMessage(), e);
        }
        throw new IOException(notText(file));
    }

    private static String notText(Path file) {
        return file + ": it is no text of KEY=VALUE lines: name ZooKeeper's configuration, often called zoo.cfg";
    }

    /** Where the key stands: {@code zoo.cfg:3}, or the file alone. */
    String at(String key) {
        return name + (lines.containsKey(key) ? ":" + lines.get(key) : "");
    }
}
