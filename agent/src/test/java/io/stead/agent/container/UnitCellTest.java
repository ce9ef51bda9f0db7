package io.stead.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is a systemd unit is found where systemd keeps it, and killed so that it does not come back. */
@Tag("C10")
@Timeout(60)
class UnitCellTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private Grounds grounds;
    private Containers containers;
    private UnitGround unit;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        grounds = new Grounds(Grounds.Kind.CGROUPS, directory);
        containers = grounds.containers;
        unit = new UnitGround(containers, "web-1");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        unit.close();
        grounds.close();
    }

    @Test
    void unitsProcesses_areTheServices() throws Exception {
        assertThat(containers.isEmpty("web-1")).isTrue();

        Process process = unit.start();

        assertThat(containers.pids("web-1")).containsExactly(process.pid());
        assertThat(containers.isEmpty("web-1")).isFalse();
        assertThat(containers.isEmpty("web")).isTrue();
        assertThat(containers.remove("web-1")).isFalse();
    }

    @Test
    void kill_withdrawsThePermit_andEndsTheUnit() throws Exception {
        unit.permit();
        Process process = unit.start();

        assertThat(containers.kill("web-1", LONG)).isEqualTo(new Killed.Ended());

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(unit.cell().permit()).isEmptyFile();
        assertThat(containers.isEmpty("web-1")).isTrue();
    }

    @Test
    void whatComesRightAfterTheKill_isKilledToo() throws Exception {
        unit.permit();
        Process process = unit.start();
        Process[] latecomer = new Process[1];
        Thread systemd = Thread.ofVirtual().start(() -> latecomer[0] = successor(process));

        containers.killAll("web-1", LONG);

        systemd.join();
        assertThat(List.of(latecomer)).hasSize(1);
        assertThat(latecomer[0].waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** As ExecStopPost= does, which no condition keeps from running. */
    private Process successor(Process process) {
        try {
            process.waitFor();
            return unit.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dashesOfNames_leadToNoOtherSlice(@TempDir Path mount) {
        UnitCell cell = UnitCell.of(mount, "prod.web-1", "shop-2", mount);

        assertThat(cell.slice()).isEqualTo("stead-prod.web:1-shop:2.slice");
        assertThat(cell.cgroup())
                .isEqualTo(mount.resolve("stead.slice/stead-prod.web:1.slice/stead-prod.web:1-shop:2.slice"));
    }
}
