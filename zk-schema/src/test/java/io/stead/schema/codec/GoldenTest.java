package io.stead.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written today is what other versions read: a change of a golden file is a change of the format. */
final class GoldenTest {
    static List<Samples.Sample<?>> all() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void record_isWrittenAsItsGoldenFile(Samples.Sample<T> sample) {
        assertThat(new String(sample.codec().encode(sample.value()), StandardCharsets.UTF_8))
                .isEqualTo(new String(sample.golden(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void goldenFile_isReadAsItsRecord(Samples.Sample<T> sample) {
        assertThat(sample.codec().decode("/x", sample.golden())).isEqualTo(new Decoded.Parsed<>(sample.value()));
    }
}
