package io.stead.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CgroupsTest {
    @Test
    void cgroupsThatAServiceMakesForItself_belongToIt(@TempDir Path directory) throws Exception {
        Grounds grounds = new Grounds(Grounds.Kind.CGROUPS, directory);
        try {
            Cell cell = grounds.containers.cell("web", Containers.START);
            cell.open("none");
            Path below = Files.createDirectories(Path.of(cell.path(), "workers", "first"));
            Process worker = new ProcessBuilder(
                            "sh", "-c", "echo 0 >" + below + "/cgroup.procs; echo in; exec sleep 600")
                    .start();
            assertThat(worker.inputReader().readLine()).isEqualTo("in");

            assertThat(cell.pids()).containsExactly(worker.pid());
            assertThat(cell.isEmpty()).isFalse();
            assertThat(cell.kill(Duration.ofSeconds(5))).isEqualTo(new Killed.Ended());
            assertThat(worker.waitFor()).isEqualTo(128 + 9);
            assertThat(grounds.containers.remove("web")).isTrue();
            assertThat(below).doesNotExist();
        } finally {
            grounds.close();
        }
    }

    /** What stands in for a cgroup here has its files but for cgroup.kill, as before Linux 5.14. */
    @Test
    void whereNoCgroupCanBeKilled_processesAre(@TempDir Path directory) throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        Files.writeString(directory.resolve("cgroup.procs"), process.pid() + "\n");
        Files.writeString(directory.resolve("cgroup.events"), "populated 1\n");
        var _ = new Cgroup(directory).kill(Duration.ofMillis(50));
        assertThat(process.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void onAHostWithCgroups_theyAreUsed(@TempDir Path directory) throws Exception {
        Path mount = Cgroups.mount().orElseThrow();
        assertThat(Cgroups.usable(mount)).isTrue();
        assertThat(Cgroups.usable(directory)).isFalse();
        Containers chosen = Containers.ofHost(directory, directory, "test-of-host");
        assertThat(chosen).isInstanceOf(Cgroups.class);
        assertThat(chosen.airtight()).isTrue();
        Files.delete(mount.resolve("stead/test-of-host"));
    }
}
