package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.spec.Read;
import io.stead.schema.spec.SpecFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show can be applied as it stands there. */
final class DocumentsTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/services.md"})
    void everyYamlBlock_isAGoodSpecFile(String document) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(HOME.resolve(document)))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> isGood(document, block));
    }

    @ParameterizedTest
    @ValueSource(strings = "docs/examples/license-server/license-server.yaml")
    void example_isAGoodSpecFile(String example) throws IOException {
        isGood(example, Files.readString(HOME.resolve(example)));
    }

    private static void isGood(String file, String text) {
        assertThat(SpecFile.read(file, text)).isInstanceOfSatisfying(Read.Specs.class, read -> {
            assertThat(read.specs()).isNotEmpty();
            assertThat(read.warnings()).isEmpty();
        });
    }
}
