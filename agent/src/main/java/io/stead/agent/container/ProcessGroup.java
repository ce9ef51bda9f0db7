package io.stead.agent.container;

import io.stead.agent.disk.PrivateDirectory;
import io.stead.agent.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A cell without a cgroup: the process group that a file records, and whatever carries its cookie. The file is one line,
 * {@code cookie HEX}, and once the launcher is about to run the action a second, {@code group PGID START-TICKS}.
 */
record ProcessGroup(Path directory, String run) implements Cell {
    @Override
    public void open(String cookie) throws IOException {
        PrivateDirectory.at(directory);
        WholeFile.replace(file(), "cookie " + cookie + "\n");
    }

    @Override
    public List<Long> pids() throws IOException {
        Optional<Recorded> recorded = recorded();
        if (recorded.isEmpty()) {
            return List.of();
        }
        Recorded ours = recorded.get();
        boolean stranger = ProcessTable.find(ours.group)
                .filter(leader -> leader.startTicks() != ours.startTicks)
                .isPresent();
        return ProcessTable.living().stream()
                .filter(entry -> (!stranger && ours.leads(entry)) || ProcessTable.startedWith(entry.pid(), ours.cookie))
                .map(ProcessTable.Entry::pid)
                .sorted()
                .toList();
    }

    @Override
    public boolean isEmpty() throws IOException {
        return pids().isEmpty();
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
        for (long pid : pids()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public boolean remove() throws IOException {
        if (!isEmpty()) {
            return false;
        }
        Files.deleteIfExists(file());
        return true;
    }

    @Override
    public String kind() {
        return "group";
    }

    @Override
    public String path() {
        return file().toString();
    }

    private Path file() {
        return directory.resolve(run);
    }

    private Optional<Recorded> recorded() throws IOException {
        try {
            String[] words = Files.readString(file()).split("\\s+", -1);
            if (words.length < 2 || !words[0].equals("cookie")) {
                return Optional.empty();
            }
            boolean complete = words.length > 5 && words[2].equals("group");
            return Optional.of(new Recorded(
                    "STEAD_COOKIE=" + words[1],
                    complete ? Long.parseLong(words[3]) : 0,
                    complete ? Long.parseLong(words[4]) : 0));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Group 0 is nobody's: the launcher has not come that far. */
    private record Recorded(String cookie, long group, long startTicks) {
        /** A number is not used again while a group or a session has it, so an older process is a stranger. */
        boolean leads(ProcessTable.Entry entry) {
            return group != 0
                    && (entry.group() == group || entry.session() == group)
                    && entry.startTicks() >= startTicks;
        }
    }
}
