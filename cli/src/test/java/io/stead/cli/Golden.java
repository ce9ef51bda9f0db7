package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what the command wrote when somebody last looked at it and found it good. */
final class Golden {
    private static final Path DIR = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Compares with the file; {@code -Dgolden=write} writes it instead, to be looked at in the diff. */
    static void check(String name, String text) {
        Path file = DIR.resolve(name);
        try {
            if (System.getProperty("golden", "").equals("write")) {
                Files.createDirectories(DIR.resolve(name).getParent());
                Files.writeString(file, text, StandardCharsets.UTF_8);
            }
            assertThat(text).as("%s (mvn … -Dgolden=write renews it)", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
