package io.stead.cli.verb.spec;

import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.model.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was deleted.
 *
 * @param ended what became of each that ran; empty when nobody waited for it
 */
record Deleted(Set<ServiceName> names, List<String> ended) implements Shown {
    @Override
    public Object tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("deleted", names.stream().map(Deleted::tree).toList());
        tree.put("settled", !ended.isEmpty());
        return tree;
    }

    private static Map<String, Object> tree(ServiceName name) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "service");
        tree.put("name", name.value());
        return tree;
    }

    @Override
    public void on(Page page) {
        if (ended.isEmpty()) {
            names.forEach(n -> page.line("service " + n + " is deleted; the leader stops it where it runs"));
        }
        ended.forEach(page::line);
    }
}
