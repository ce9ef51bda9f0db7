package io.stead.cli.verb.show;

import io.stead.audit.Entry;
import io.stead.cli.cluster.Line;
import io.stead.cli.render.Cell;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.render.Table;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history, oldest first. */
record History(List<Line> lines) implements Shown {
    private static final String REQUEST = "request ";
    private static final int ID_SHOWN = 8;
    /** Of one width, so that what follows is one column. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static Map<String, Object> tree(Line line) {
        Entry entry = line.entry();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("number", line.number());
        tree.put("at", entry.at().toString());
        tree.put("resource", entry.resource());
        entry.node().ifPresent(n -> tree.put("node", n.value()));
        tree.put("what", entry.what());
        tree.put("why", entry.why());
        return tree;
    }

    /** For a stream, whose widths nobody knows before its end: all but the time in one column. */
    static List<String> text(Line line) {
        Entry entry = line.entry();
        Entry shown = new Entry(entry.at(), resource(entry), entry.node(), entry.what(), entry.why());
        return new Table("TIME", "WHAT")
                .row(Cell.of(time(entry)), Cell.of(shown))
                .untitled(false);
    }

    /** A request's random id says enough by its beginning. */
    private static String resource(Entry entry) {
        String resource = entry.resource();
        return resource.startsWith(REQUEST) && resource.length() > REQUEST.length() + ID_SHOWN
                ? resource.substring(0, REQUEST.length() + ID_SHOWN)
                : resource;
    }

    private static String time(Entry entry) {
        return TIME.format(entry.at());
    }

    @Override
    public Object tree() {
        return lines.stream().map(History::tree).toList();
    }

    @Override
    public void on(Page page) {
        Table table = new Table("TIME", "RESOURCE", "WHAT", "WHY");
        for (Line line : lines) {
            Entry e = line.entry();
            table.row(Cell.of(time(e)), Cell.of(resource(e)), Cell.of(e.what()), Cell.of(e.why()));
        }
        if (table.isEmpty()) {
            page.line("nothing has been decided yet");
        } else {
            page.table(table);
        }
    }
}
