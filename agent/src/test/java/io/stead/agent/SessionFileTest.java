package io.stead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.session.SavedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("C4")
class SessionFileTest {
    private static final SessionFile.Kept SESSION = new SessionFile.Kept(
            new SavedSession(0xF000_0000_0000_0001L, "00ff10", Duration.ofSeconds(2), 0x1_0000_0007L),
            Duration.ofMillis(500));

    @TempDir
    private Path directory;

    @Test
    void aSavedSession_isReadBackInTheSameBoot() throws IOException {
        new SessionFile(directory, "boot-1").write(SESSION);
        assertThat(new SessionFile(directory, "boot-1").read()).contains(SESSION);
    }

    @Test
    void anotherBoot_orAnotherMachine_beginsAnew() throws IOException {
        new SessionFile(directory, "boot-1").write(SESSION);
        assertThat(new SessionFile(directory, "boot-2").read()).isEmpty();

        Path machine = Files.writeString(directory.resolve("machine-id"), "0123\n");
        assertThat(new SessionFile(directory, machine, "boot-1").read()).isEmpty();
    }

    /** It could not be told from its clone. */
    @Test
    void aHostWithoutAMachineId_neverGoesOn() throws IOException {
        SessionFile file = new SessionFile(directory, directory.resolve("none"), "boot-1");
        file.write(SESSION);
        assertThat(file.read()).isEmpty();
    }

    @Test
    void aForgottenSession_isGone() throws IOException {
        SessionFile file = new SessionFile(directory, "boot-1");
        file.write(SESSION);
        file.forget();
        assertThat(file.read()).isEmpty();
    }
}
