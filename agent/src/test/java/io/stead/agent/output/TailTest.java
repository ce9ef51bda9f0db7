package io.stead.agent.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a\nb\n'|'a | b'",
                "'a\tb\r\n  \n c'|'a\\tb | c'",
                "größer|größer",
                "'\u001b[31m'|\\u{1b}[31m",
                "'a\u202eb'|a\\u{202e}b",
                "'a\u0000b'|a\\u{0}b",
                "'\n\n'|''"
            })
    void whatCouldFoolATerminal_isEscaped(String output, String shown) {
        assertThat(Tail.of(output.getBytes(UTF_8))).isEqualTo(shown);
    }

    @Test
    void notUtf8_isShownAsUnknownCharacters() {
        assertThat(Tail.of(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\ufffdb");
    }

    @Test
    void ofManyLines_theNewestWholeOnesAreKept() {
        String tail = Tail.of(("ü".repeat(59) + "\n").repeat(100).getBytes(UTF_8));
        assertThat(tail).isEqualTo("… " + String.join(" | ", Collections.nCopies(3, "ü".repeat(59))));
    }

    @Test
    void aLongLineBeforeAShortOne_isNotLeftOut() {
        assertThat(Tail.of(("x".repeat(5000) + "error\nbye").getBytes(UTF_8))).endsWith("xerror | bye");
    }

    @Test
    void aLongLine_losesItsBeginning() {
        assertThat(Tail.of(("x".repeat(5000) + "end").getBytes(UTF_8)))
                .hasSize(Tail.LONGEST)
                .startsWith("… x")
                .endsWith("xend");
        assertThat(Tail.of("😀".repeat(200).getBytes(UTF_8))).matches("… (😀)+");
    }
}
