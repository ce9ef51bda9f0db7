package io.stead.cli.explain;

import io.stead.cli.cluster.Outlook;
import io.stead.cli.cluster.Words;
import io.stead.cli.render.Ages;
import io.stead.cli.render.Cell;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.render.Table;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a node runs, and why it can or can't take the rest. */
public record NodeExplained(NodeId node, Outlook now) implements Shown {
    /** One service in its relation to the node. */
    private record One(ServiceName service, Candidate candidate) {}

    @Override
    public Object tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "node");
        tree.put("name", node.value());
        tree.put("state", Words.of(now.view().membership().phase(node)));
        tree.put("up", now.view().members().containsKey(node));
        tree.put("reason", reason());
        List<Object> services = new ArrayList<>();
        for (One one : all()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("service", one.service().value());
            entry.putAll(one.candidate().tree());
            entry.remove("node");
            services.add(entry);
        }
        tree.put("services", services);
        return tree;
    }

    @Override
    public void on(Page page) {
        String up = now.view().members().containsKey(node) ? "" : " and down";
        page.line(node + " is " + Words.of(now.view().membership().phase(node)) + up);
        if (!reason().isEmpty()) {
            page.line("  " + reason());
        }
        Table table = new Table("SERVICE", "VERDICT", "PLACE", "PREFERENCE", "FAILURES", "WHY");
        for (One one : all()) {
            Candidate c = one.candidate();
            table.row(
                    Cell.of(one.service()),
                    c.phase().isPresent()
                            ? Cell.good(c.verdict())
                            : c.isAble() ? Cell.of(c.verdict()) : Cell.bad(c.verdict()),
                    Cell.of(c.place() == 0 ? "-" : c.place()),
                    Cell.of(c.weighed().rank() == 0 ? "-" : c.weighed().rank()),
                    Cell.of(c.weighed().failures()),
                    Cell.of(c.why()));
        }
        if (!table.isEmpty()) {
            page.gap().table(table);
        }
    }

    private String reason() {
        return now.view()
                .membership()
                .of(node)
                .map(s -> (s.reason().isEmpty() ? "" : s.reason() + ", ")
                        + Ages.of(s.since(), now.now().wall()))
                .orElse("");
    }

    private List<One> all() {
        List<One> all = new ArrayList<>();
        for (ServiceName service : new TreeSet<>(now.view().services().keySet())) {
            Candidate.of(service, now).stream()
                    .filter(c -> c.weighed().node().equals(node))
                    .forEach(c -> all.add(new One(service, c)));
        }
        return all;
    }
}
