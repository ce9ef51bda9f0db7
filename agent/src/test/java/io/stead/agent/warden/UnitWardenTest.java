package io.stead.agent.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Grounds;
import io.stead.agent.container.UnitGround;
import java.io.IOException;
import java.nio.file.Files;
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

/** At the deadline the warden forbids a unit to start before it kills it. */
@Tag("C10")
@Timeout(60)
class UnitWardenTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private Grounds grounds;
    private Warden warden;
    private UnitGround unit;

    @BeforeEach
    void open(@TempDir Path parent) throws IOException, InterruptedException {
        grounds = new Grounds(Grounds.Kind.CGROUPS, parent);
        warden = Warden.startOrAdopt(parent.resolve("warden"), grounds.containers);
        unit = new UnitGround(grounds.containers, "web");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        warden.stop();
        unit.close();
        grounds.close();
    }

    @Test
    void atTheDeadline_thePermitIsWithdrawn_andTheUnitIsKilled() throws Exception {
        unit.permit();
        Process process = unit.start();
        warden.moveDeadline(System.nanoTime() + Duration.ofMillis(500).toNanos());
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO, true)));

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(unit.cell().permit()).isEmptyFile();
        await().atMost(SOON).until(() -> warden.kills().size() == 2);
        assertThat(warden.kills().getFirst())
                .contains(" web: its systemd unit may not start any more, ")
                .endsWith("(permit " + unit.cell().permit() + ")");
        assertThat(warden.kills().getLast())
                .contains(": killed, ")
                .endsWith("(cgroup " + unit.cell().cgroup() + ")");
    }

    @Test
    void beforeTheDeadline_nothingIsTouched() throws Exception {
        unit.permit();
        Process process = unit.start();
        warden.moveDeadline(System.nanoTime() + Duration.ofMinutes(1).toNanos());
        warden.setExclusive(List.of(new Guarded("web", Duration.ZERO, true)));

        assertThat(process.waitFor(1500, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(Files.size(unit.cell().permit())).isPositive();
        process.destroyForcibly();
    }
}
