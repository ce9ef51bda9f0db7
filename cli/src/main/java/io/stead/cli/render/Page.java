package io.stead.cli.render;

import io.stead.model.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person reads: lines of prose and tables, one below the other, none wider than {@link Table#WIDTH}; and what is
 * to be copied, in one piece.
 */
public final class Page {
    private final boolean colours;
    private final List<String> lines = new ArrayList<>();

    public Page(boolean colours) {
        this.colours = colours;
    }

    /** A line of prose; it wraps, and goes on under its own first letter. */
    public Page line(String text) {
        String indent = " ".repeat(text.length() - text.stripLeading().length());
        for (String part : Wrapping.lines(Text.escaped(text.strip()), Table.WIDTH - indent.length())) {
            lines.add(part.isEmpty() ? "" : indent + part);
        }
        return this;
    }

    /** A line that is to be copied as it stands, however long: a path, a command. */
    public Page verbatim(String text) {
        lines.add(Text.escaped(text));
        return this;
    }

    /** An empty line between what stands there and what follows. */
    public Page gap() {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        return this;
    }

    public Page table(Table table) {
        lines.addAll(table.lines(colours));
        return this;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
