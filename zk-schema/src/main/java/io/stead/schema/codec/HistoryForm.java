package io.stead.schema.codec;

import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.audit.Entry;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import java.util.List;

/** What one transaction added to the history, in order. */
final class HistoryForm implements Form<List<Entry>> {
    @Override
    public void write(List<Entry> entries, FieldWriter out) {
        out.list("entries", new Line(), entries);
    }

    @Override
    public List<Entry> read(FieldReader in) {
        return in.list("entries", new Line());
    }

    private static final class Line implements Form<Entry> {
        @Override
        public void write(Entry entry, FieldWriter out) {
            out.put("at", INSTANT, entry.at())
                    .put("resource", TEXT, entry.resource())
                    .putIfPresent("node", NODE, entry.node())
                    .put("what", TEXT, entry.what())
                    .put("why", TEXT, entry.why());
        }

        @Override
        public Entry read(FieldReader in) {
            return new Entry(
                    in.get("at", INSTANT),
                    in.get("resource", TEXT),
                    in.find("node", NODE),
                    in.get("what", TEXT),
                    in.get("why", TEXT));
        }
    }
}
