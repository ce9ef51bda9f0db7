package io.stead.agent.container;

import io.stead.agent.disk.PrivateDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Containers where the host has no cgroups for the agent: a directory per service, a record per run. A process that makes
 * a session of its own and also clears or overwrites its environment escapes; nothing can be done about that here.
 */
public final class ProcessGroups implements Containers {
    private final Path top;

    private ProcessGroups(Path top) {
        this.top = top;
    }

    public static ProcessGroups in(Path directory) throws IOException {
        return new ProcessGroups(PrivateDirectory.at(directory.toAbsolutePath()));
    }

    @Override
    public boolean airtight() {
        return false;
    }

    @Override
    public Cell cell(String service, String run) {
        return new ProcessGroup(whole(service), run);
    }

    @Override
    public Set<String> runs(String service) throws IOException {
        Set<String> runs = names(whole(service));
        runs.removeIf(name -> name.endsWith(".tmp"));
        return runs;
    }

    @Override
    public Set<String> services() throws IOException {
        return names(top);
    }

    @Override
    public Optional<Path> household() {
        return Optional.empty();
    }

    @Override
    public Path whole(String service) {
        return top.resolve(service);
    }

    @Override
    public Optional<UnitCell> unit(String service) {
        return Optional.empty();
    }

    @Override
    public Killed killCells(String service, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<Straggler> left = new ArrayList<>();
        for (String run : runs(service)) {
            Duration rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (cell(service, run).kill(rest) instanceof Killed.Remains remains) {
                left.addAll(remains.stragglers());
            }
        }
        return left.isEmpty() ? new Killed.Ended() : new Killed.Remains(left);
    }

    @Override
    public boolean remove(String service) throws IOException {
        boolean all = true;
        for (String run : runs(service)) {
            all &= cell(service, run).remove();
        }
        if (all) {
            Files.deleteIfExists(whole(service));
        }
        return all;
    }

    @Override
    public void dissolve() {
        // The records lie in the data directory, and go with it.
    }

    private static Set<String> names(Path directory) throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
                found.forEach(path -> names.add(path.getFileName().toString()));
            }
        }
        return names;
    }
}
