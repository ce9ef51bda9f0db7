package io.stead.cli.export;

import io.stead.cli.render.Json;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.service.Holding;
import io.stead.model.view.ClusterView;
import io.stead.schema.codec.Codec;
import io.stead.schema.codec.Codecs;
import io.stead.schema.spec.SpecFile;
import io.stead.schema.spec.SpecTree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A view as the tree of an export. Requests and answers are left out: they are nobody's state. */
public record Exported(ClusterView view, Now now) implements Shown {
    static final int VERSION = 1;

    @Override
    public Object tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("v", VERSION);
        tree.put(
                "specs",
                new TreeMap<>(view.services())
                        .values().stream().map(SpecTree::of).toList());
        tree.put("state", state());
        return tree;
    }

    private Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("at", now.wall().toString());
        state.put("leader", view.leader().map(NodeId::value));
        state.put("epoch", json(Codecs.EPOCH, view.epoch()));
        state.put("transitions", json(Codecs.MEMBERSHIP, view.membership()));
        state.put("members", each(Codecs.MEMBER, view.members()));
        state.put("status", each(Codecs.NODE_STATUS, view.statuses()));
        state.put("overrides", each(Codecs.NODE_OVERRIDE, view.overrides()));
        state.put("maintenance", json(Codecs.MAINTENANCE, view.maintenance()));
        state.put("assignments", each(Codecs.ASSIGNMENT, view.assignments()));
        state.put("holdings", holdings());
        state.put("reports", each(Codecs.NODE_REPORTS, view.reports()));
        return state;
    }

    private Map<String, Object> holdings() {
        Map<String, Object> tree = new LinkedHashMap<>();
        new TreeMap<>(view.holdings()).forEach((service, held) -> {
            Map<String, Object> nodes = new LinkedHashMap<>();
            for (Holding holding : held) {
                nodes.put(holding.node().value(), json(Codecs.HOLDING, holding));
            }
            tree.put(service.value(), nodes);
        });
        return tree;
    }

    private static <K extends Comparable<K>, T> Map<String, Object> each(Codec<T> codec, Map<K, T> values) {
        Map<String, Object> tree = new LinkedHashMap<>();
        new TreeMap<>(values).forEach((name, value) -> tree.put(name.toString(), json(codec, value)));
        return tree;
    }

    private static <T> Json json(Codec<T> codec, T value) {
        return new Json(new String(codec.encode(value), StandardCharsets.UTF_8));
    }

    @Override
    public void on(Page page) {
        SpecFile.write(new TreeMap<>(view.services()).values()).lines().forEach(page::line);
    }
}
