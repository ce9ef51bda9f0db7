package io.stead.cli.status;

import io.stead.cli.cluster.Outlook;
import io.stead.cli.render.Cell;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.render.Table;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.view.Unreadable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cluster at a glance, in the shape that design.md §7 promises.
 *
 * @param cluster what it is called
 */
public record Status(String cluster, Outlook now) implements Shown {
    @Override
    public Object tree() {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("name", cluster);
        head.put("leader", now.view().leader().map(NodeId::value));
        head.put("epoch", now.view().epoch().number());
        now.maintenance().cluster().ifPresent(m -> head.put("maintenance", NodeLine.tree(m)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cluster", head);
        tree.put("nodes", new Nodes(now).tree());
        tree.put("services", new Services(now).tree());
        // Service groups and the standing verdict come with their own issues; the keys are promised.
        tree.put("groups", List.of());
        tree.put("verdict", List.of());
        tree.put("unreadable", unreadable().stream().map(Status::tree).toList());
        return tree;
    }

    @Override
    public void on(Page page) {
        String leader = now.view()
                .leader()
                .map(l -> "led by " + l + " (epoch " + now.view().epoch().number() + ")")
                .orElse("without a leader: no agent runs, or they are electing one");
        page.line("cluster " + cluster + ", " + leader);
        now.maintenance()
                .cluster()
                .ifPresent(m -> page.line(
                        "the whole of it " + Nodes.maintained(m, now.now().wall())));
        page.gap();
        Nodes.brief(now, page);
        page.gap();
        Services.brief(now, page);
        if (!unreadable().isEmpty()) {
            Table table = new Table("UNREADABLE", "WHY");
            unreadable().forEach(u -> table.row(Cell.bad(u.path()), Cell.of(u.why())));
            page.gap().table(table);
        }
    }

    private List<Unreadable> unreadable() {
        return now.view().unreadable().stream()
                .sorted(Comparator.comparing(Unreadable::path))
                .toList();
    }

    private static Map<String, Object> tree(Unreadable unreadable) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", unreadable.path());
        tree.put("why", unreadable.why());
        unreadable.service().map(ServiceName::value).ifPresent(s -> tree.put("service", s));
        return tree;
    }
}
