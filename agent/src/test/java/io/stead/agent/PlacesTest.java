package io.stead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("C4")
class PlacesTest {
    @TempDir
    Path dir;

    private Places places = new Places("n1", Path.of("/"), Path.of("/"), List.of());

    @BeforeEach
    void open() throws IOException {
        places = new Places(
                "n1",
                Files.createDirectory(dir.resolve("data")),
                Files.createDirectory(dir.resolve("volatile")),
                List.of(dir.resolve("volatile")));
    }

    /** Process 1 lives on every host, and has not begun when an agent has. */
    @Test
    void aNumberThatIsAnothersByNow_isNobody() throws IOException {
        Files.writeString(dir.resolve("data/lock"), "1 1\n");
        Files.writeString(dir.resolve("volatile/successor"), "1 1\n");

        assertThat(places.holder()).isEmpty();
        assertThat(places.hasSuccessor()).isFalse();
    }

    @Test
    void whatALockOfAnEarlierVersionSays_isNobody() throws IOException {
        Files.writeString(dir.resolve("data/lock"), "");

        assertThat(places.holder()).isEmpty();
    }

    @Test
    void oneself_isNeitherHolderNorSuccessor_andWhoHoldsHasNoSuccessorAnyMore() throws IOException {
        places.announceSuccessor();
        assertThat(places.hasSuccessor()).isFalse();

        try (Places.Held _ = places.hold().orElseThrow()) {
            assertThat(dir.resolve("volatile/successor")).doesNotExist();
            assertThat(places.holder()).isEmpty();
            assertThat(Files.readString(dir.resolve("data/lock")))
                    .startsWith(ProcessHandle.current().pid() + " ");
        }
    }

    @Test
    void undone_aStartLeavesWhatWasThereBefore_andNothingElse() throws IOException {
        Files.writeString(dir.resolve("data/own.credentials"), "");

        try (Places.Held _ = places.hold().orElseThrow()) {
            places.undo();
        }

        assertThat(dir.resolve("volatile")).doesNotExist();
        assertThat(dir.resolve("data/own.credentials")).exists();
    }
}
