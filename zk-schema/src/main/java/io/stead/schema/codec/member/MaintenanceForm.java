package io.stead.schema.codec.member;

import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.SERVICE;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Maintenance.Notice;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Of {@code /maintenance}: what operators are at work on. */
public final class MaintenanceForm implements Form<Maintenance> {
    private static final Kind<Notice> NOTICE = new NoticeForm();
    private static final Kind<Map.Entry<NodeId, Notice>> NODES = new EntryForm<>("node", NODE);
    private static final Kind<Map.Entry<ServiceName, Notice>> SERVICES = new EntryForm<>("service", SERVICE);

    @Override
    public void write(Maintenance maintenance, FieldWriter out) {
        out.putIfPresent("cluster", NOTICE, maintenance.cluster())
                .list("nodes", NODES, maintenance.nodes().entrySet().stream().toList())
                .list(
                        "services",
                        SERVICES,
                        maintenance.services().entrySet().stream().toList());
    }

    @Override
    public Maintenance read(FieldReader in) {
        SortedMap<NodeId, Notice> nodes = new TreeMap<>();
        in.list("nodes", NODES).forEach(e -> nodes.put(e.getKey(), e.getValue()));
        SortedMap<ServiceName, Notice> services = new TreeMap<>();
        in.list("services", SERVICES).forEach(e -> services.put(e.getKey(), e.getValue()));
        return new Maintenance(in.find("cluster", NOTICE), nodes, services);
    }

    private static final class NoticeForm implements Form<Notice> {
        @Override
        public void write(Notice notice, FieldWriter out) {
            out.put("author", TEXT, notice.author())
                    .put("reason", TEXT, notice.reason())
                    .put("since", INSTANT, notice.since())
                    .putIfPresent("expires", INSTANT, notice.expires());
        }

        @Override
        public Notice read(FieldReader in) {
            return new Notice(
                    in.get("author", TEXT),
                    in.get("reason", TEXT),
                    in.get("since", INSTANT),
                    in.find("expires", INSTANT));
        }
    }

    /** What it is about, and its notice beside it. */
    private record EntryForm<K>(String key, Kind<K> kind) implements Form<Map.Entry<K, Notice>> {
        private static final NoticeForm NOTICES = new NoticeForm();

        @Override
        public void write(Map.Entry<K, Notice> entry, FieldWriter out) {
            NOTICES.write(entry.getValue(), out.put(key, kind, entry.getKey()));
        }

        @Override
        public Map.Entry<K, Notice> read(FieldReader in) {
            return Map.entry(in.get(key, kind), NOTICES.read(in));
        }
    }
}
