package io.stead.cli.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Aligned columns under their titles, never wider than {@link #WIDTH}: the widest columns give way, and wrap. */
public final class Table {
    /** Characters in a line at most. */
    public static final int WIDTH = 100;

    private static final String GAP = "  ";

    private final List<Cell> titles;
    private final List<List<Cell>> rows = new ArrayList<>();

    public Table(String... titles) {
        this.titles = Arrays.stream(titles).map(Cell::faint).toList();
    }

    public Table row(Cell... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    int columns() {
        return titles.size();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, without trailing spaces. */
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>(lines(titles, widths(), colours));
        lines.addAll(untitled(colours));
        return lines;
    }

    /** The same without the titles. */
    public List<String> untitled(boolean colours) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.addAll(lines(row, widths, colours)));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int natural = IntStream.concat(
                            IntStream.of(Wrapping.length(titles.get(i).text())),
                            rows.stream()
                                    .mapToInt(r -> Wrapping.length(r.get(column).text())))
                    .max()
                    .orElse(0);
            widths[i] = Math.clamp(natural, 1, WIDTH);
        }
        int most = WIDTH - GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() > most) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    /** The last of the widest: there stands the prose. */
    private static int widest(int[] widths) {
        int widest = 0;
        for (int i = 1; i < widths.length; i++) {
            widest = widths[i] >= widths[widest] ? i : widest;
        }
        return widest;
    }

    private static List<String> lines(List<Cell> row, int[] widths, boolean colours) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            wrapped.add(Wrapping.lines(row.get(i).text(), widths[i]));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder();
            int owed = 0;
            for (int i = 0; i < widths.length; i++) {
                String text = y < wrapped.get(i).size() ? wrapped.get(i).get(y) : "";
                if (!text.isEmpty()) {
                    line.append(" ".repeat(owed))
                            .append(colours ? row.get(i).tone().painted(text) : text);
                    owed = 0;
                }
                owed += widths[i] - Wrapping.length(text) + GAP.length();
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
