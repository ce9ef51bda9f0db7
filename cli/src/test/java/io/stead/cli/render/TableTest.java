package io.stead.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tables promise whatever is put into them. */
final class TableTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void columns_areAlignedUnderTheirTitles() {
        List<String> lines = new Table("NODE", "STATE", "NOTE")
                .row(Cell.of("n1"), Cell.good("joined"), Cell.of(""))
                .row(Cell.of("longer"), Cell.bad("down"), Cell.of("it is lost"))
                .lines(false);

        assertThat(lines).containsExactly("NODE    STATE   NOTE", "n1      joined", "longer  down    it is lost");
    }

    @Test
    void prose_wrapsInItsOwnColumn() {
        List<String> lines = new Table("NODE", "WHY")
                .row(Cell.of("n1"), Cell.of("word ".repeat(25)))
                .lines(false);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).startsWith("      word");
    }

    @Test
    void colours_changeNothingElse() {
        Table table = new Table("NODE", "STATE").row(Cell.of("n1"), Cell.good("joined"));

        String plain = String.join("\n", table.lines(true)).replaceAll("\u001b\\[[0-9;]*m", "");

        assertThat(plain).isEqualTo(String.join("\n", table.lines(false)));
        assertThat(table.lines(true).getLast()).contains("\u001b[32mjoined\u001b[0m");
    }

    @Test
    void whateverIsInIt_noLineIsTooLongNorSteersTheTerminal() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Table table = new Table(titles(1 + random.nextInt(8)));
            Page page = new Page(false);
            int columns = table.columns();
            for (int i = random.nextInt(6); i >= 0; i--) {
                Cell[] row = new Cell[columns];
                for (int c = 0; c < columns; c++) {
                    row[c] = Cell.of(text(random));
                }
                table.row(row);
                page.line(text(random));
            }
            page.table(table);

            assertThat(page.lines())
                    .as("seed %d", seed)
                    .allMatch(line -> line.codePointCount(0, line.length()) <= Table.WIDTH)
                    .allMatch(line -> line.chars().noneMatch(Character::isISOControl));
        }
    }

    private static String[] titles(int count) {
        String[] titles = new String[count];
        for (int i = 0; i < count; i++) {
            titles[i] = "COLUMN" + i;
        }
        return titles;
    }

    private static String text(Random random) {
        String letters = "abc ä€𝄞 \n\u0007\u009b-";
        int[] points = letters.codePoints().toArray();
        return random.ints(random.nextInt(random.nextInt(10) == 0 ? 400 : 30), 0, points.length)
                .mapToObj(i -> Character.toString(points[i]))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({"0, 0s ago", "59, 59s ago", "60, 1m ago", "7199, 1h ago", "86400, 1d ago", "-90, in 1m"})
    void age_isInItsLargestUnit(long seconds, String text) {
        assertThat(Ages.of(NOON.minusSeconds(seconds), NOON)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "49, 0.0 s", "50, 0.1 s", "12345, 12.3 s"})
    void taken_isInTenths(long millis, String text) {
        assertThat(Ages.taken(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
