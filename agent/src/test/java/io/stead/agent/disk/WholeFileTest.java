package io.stead.agent.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path directory;

    @Test
    void whatAKilledWriterLeft_standsInNobodysWay() throws Exception {
        Path file = directory.resolve("deadline");
        Files.writeString(directory.resolve("deadline.tmp"), "123456");
        WholeFile.replace(file, "7\n");
        assertThat(file).hasContent("7\n");
        WholeFile.replace(file, "8\n");
        assertThat(file).hasContent("8\n");
        assertThat(directory.resolve("deadline.tmp")).doesNotExist();
    }
}
