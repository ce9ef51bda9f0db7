package io.stead.cli.render;

/** What a colour says; each is said in words, too. */
public enum Tone {
    PLAIN(""),
    GOOD("\u001b[32m"),
    WARN("\u001b[33m"),
    BAD("\u001b[31m"),
    FAINT("\u001b[2m");

    private static final String END = "\u001b[0m";

    private final String begin;

    Tone(String begin) {
        this.begin = begin;
    }

    String painted(String text) {
        return begin.isEmpty() || text.isBlank() ? text : begin + text + END;
    }
}
