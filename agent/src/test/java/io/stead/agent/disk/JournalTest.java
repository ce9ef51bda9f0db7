package io.stead.agent.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("A22")
class JournalTest {
    private Path directory;
    private Journal journal;

    @BeforeEach
    void open(@TempDir Path parent) throws IOException {
        directory = parent.resolve("journal");
        journal = Journal.in(directory);
    }

    @Test
    void whatIsPut_isReadBack_byAnotherAgent() throws Exception {
        journal.put("web", "old");
        journal.put("web", "{\"generation\":7}\nzweite Zeile ü");
        journal.put("db.main", "");
        assertThat(Journal.in(directory).all().records())
                .isEqualTo(Map.of("web", "{\"generation\":7}\nzweite Zeile ü", "db.main", ""));
    }

    @Test
    void whatIsRemoved_isGone() throws Exception {
        journal.put("web", "x");
        journal.remove("web");
        journal.remove("web");
        assertThat(journal.all()).isEqualTo(new Journal.Contents(Map.of(), List.of()));
    }

    @Test
    void aHalfWrittenRecord_leavesTheOldOne() throws Exception {
        journal.put("web", "old");
        Files.writeString(directory.resolve("web.rec.tmp"), "stead 1 100 0");
        assertThat(journal.all().records()).isEqualTo(Map.of("web", "old"));
        assertThat(directory.resolve("web.rec.tmp")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "stead 1 3 00000000\nold",
                "stead 1 4 c45e1d0a\nold",
                "stead 2 3 0\nold",
                "\0\0\0\0\n",
                "stead 1\nold"
            })
    void garbage_isReportedAndSetAside_andHidesNothingElse(String garbage) throws Exception {
        journal.put("good", "kept");
        Files.writeString(directory.resolve("bad.rec"), garbage);

        Journal.Contents contents = journal.all();
        assertThat(contents.records()).isEqualTo(Map.of("good", "kept"));
        assertThat(contents.corrupt()).hasSize(1);
        assertThat(contents.corrupt().getFirst().setAside())
                .hasFileName("bad.rec.corrupt")
                .hasContent(garbage);
        assertThat(contents.corrupt().getFirst().why()).isNotBlank();

        assertThat(journal.all().corrupt()).isEmpty();
        journal.put("bad", "new");
        assertThat(journal.all().records()).containsEntry("bad", "new");
    }

    @Test
    void everyCutOfARecord_isNoticed() throws Exception {
        journal.put("web", "{\"generation\":7}");
        Path file = directory.resolve("web.rec");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(journal.all().corrupt()).as("cut to %d bytes", length).hasSize(1);
        }
    }

    @Test
    void aDirectoryInARecordsPlace_isSetAside() throws Exception {
        Files.createDirectory(directory.resolve("web.rec"));
        assertThat(journal.all().corrupt()).hasSize(1);
    }

    @Test
    void onlyItsUser_mayReadIt() throws Exception {
        journal.put("web", "x");
        assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("web.rec")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void somebodyElsesDirectory_isNotUsed() throws Exception {
        Files.setAttribute(directory, "unix:uid", 65534);
        assertThatThrownBy(() -> Journal.in(directory)).hasMessageContaining("chown it to user 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "../x", "a/b", ".hidden", "a b"})
    void aKeyThatIsNoName_isRefused(String key) {
        assertThatThrownBy(() -> journal.put(key, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
