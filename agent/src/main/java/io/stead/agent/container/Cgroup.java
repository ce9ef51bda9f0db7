package io.stead.agent.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A cell that is a cgroup, with all cgroups that its processes have made below it. */
record Cgroup(Path directory) implements Cell {
    @Override
    public void open(String cookie) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public List<Long> pids() throws IOException {
        List<Long> pids = new ArrayList<>();
        for (Path group : subtree(directory)) {
            pids.addAll(processes(group));
        }
        return pids.stream().sorted().distinct().toList();
    }

    private static List<Long> processes(Path group) throws IOException {
        try (Stream<String> lines = Files.lines(group.resolve("cgroup.procs"))) {
            return lines.map(Long::valueOf).toList();
        } catch (NoSuchFileException | UncheckedIOException e) {
            return List.of(); // it was removed while we looked
        }
    }

    @Override
    public boolean isEmpty() throws IOException {
        try {
            return Files.readString(directory.resolve("cgroup.events")).contains("populated 0");
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    @Override
    public void terminate() throws IOException {
        for (long pid : pids()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public Killed kill(Duration limit) throws IOException, InterruptedException {
        return Killing.until(this, limit, this::strike);
    }

    private void strike() throws IOException {
        try {
            // To make the file, as is the default, is forbidden here, and would say so instead of that there is none.
            Files.writeString(directory.resolve("cgroup.kill"), "1", StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) { // a kernel before 5.14, or nothing is there at all
            for (long pid : pids()) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Override
    public boolean remove() throws IOException {
        if (!isEmpty()) {
            return false;
        }
        for (Path group : subtree(directory).reversed()) {
            Files.deleteIfExists(group);
        }
        return true;
    }

    @Override
    public String kind() {
        return "cgroup";
    }

    @Override
    public String path() {
        return directory.toString();
    }

    /** The directory and those below it, parents first; empty if there is none. */
    private static List<Path> subtree(Path top) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(top)) {
            return found;
        }
        found.add(top);
        try (DirectoryStream<Path> below = Files.newDirectoryStream(top, Files::isDirectory)) {
            for (Path group : below) {
                found.addAll(subtree(group));
            }
        }
        return found;
    }
}
