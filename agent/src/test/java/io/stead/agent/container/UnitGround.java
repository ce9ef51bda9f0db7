package io.stead.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** The place of a systemd unit, made as systemd makes it, for tests that want a process in it and no systemd. */
public final class UnitGround {
    private final UnitCell cell;
    private final Cgroup unit;

    public UnitGround(Containers containers, String service) throws IOException {
        this.cell = containers.unit(service).orElseThrow();
        this.unit = new Cgroup(cell.cgroup().resolve("it.service"));
        unit.open("");
        cell.open();
    }

    public UnitCell cell() {
        return cell;
    }

    /** Fills the permit, as {@code unit.sh} does. */
    public void permit() throws IOException {
        Files.writeString(cell.permit(), "7\n");
    }

    /** Something that systemd has started there. */
    public Process start() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        Files.writeString(unit.directory().resolve("cgroup.procs"), process.pid() + "\n");
        return process;
    }

    public void close() throws IOException, InterruptedException {
        unit.kill(Duration.ofSeconds(5));
        new Cgroup(cell.cgroup()).remove();
        Files.deleteIfExists(cell.cgroup().getParent());
        Files.deleteIfExists(cell.permit());
        Files.deleteIfExists(cell.permits());
    }
}
