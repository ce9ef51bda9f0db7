package io.stead.cli.render;

import io.stead.model.Text;

/** One field of a table. */
public record Cell(String text, Tone tone) {
    public Cell {
        text = Text.escaped(text);
    }

    public static Cell of(Object value) {
        return new Cell(value.toString(), Tone.PLAIN);
    }

    public static Cell good(String text) {
        return new Cell(text, Tone.GOOD);
    }

    public static Cell warn(String text) {
        return new Cell(text, Tone.WARN);
    }

    public static Cell bad(String text) {
        return new Cell(text, Tone.BAD);
    }

    public static Cell faint(String text) {
        return new Cell(text, Tone.FAINT);
    }
}
