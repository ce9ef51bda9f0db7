package io.stead.cli.verb.show;

import io.stead.audit.Entry;
import io.stead.cli.render.Cell;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.render.Table;
import io.stead.model.ServiceName;
import io.stead.model.Spans;
import io.stead.model.reason.Reason;
import io.stead.model.service.Owner;
import io.stead.model.view.ClusterView;
import io.stead.simulate.Forecast;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What would happen, and what would be different in the end. */
record Simulated(ClusterView before, Forecast forecast) implements Shown {
    @Override
    public Object tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("steps", forecast.steps().stream().map(Simulated::tree).toList());
        tree.put("settled", forecast.settled());
        Map<String, Object> services = new LinkedHashMap<>();
        for (ServiceName service : services()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("before", nodes(before, service));
            entry.put("after", nodes(forecast.end(), service));
            Reason waits = forecast.waits().get(service);
            entry.put("reason", waits == null ? "" : waits.sentence());
            services.put(service.value(), entry);
        }
        tree.put("services", services);
        return tree;
    }

    private static Map<String, Object> tree(Forecast.Step step) {
        Entry entry = step.entry();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("afterMillis", step.after().toMillis());
        tree.put("resource", entry.resource());
        entry.node().ifPresent(n -> tree.put("node", n.value()));
        tree.put("what", entry.what());
        tree.put("why", entry.why());
        return tree;
    }

    @Override
    public void on(Page page) {
        if (forecast.steps().isEmpty()) {
            page.line("nothing would happen");
        } else {
            Table steps = new Table("TIME", "RESOURCE", "WHAT", "WHY");
            for (Forecast.Step step : forecast.steps()) {
                Entry e = step.entry();
                steps.row(Cell.of(time(step.after())), Cell.of(e.resource()), Cell.of(e.what()), Cell.of(e.why()));
            }
            page.table(steps);
        }
        Table end = new Table("SERVICE", "BEFORE", "AFTER", "REASON");
        for (ServiceName service : services()) {
            Reason waits = forecast.waits().get(service);
            List<String> was = nodes(before, service);
            List<String> is = nodes(forecast.end(), service);
            if (!was.equals(is) || waits != null) {
                end.row(
                        Cell.of(service),
                        Cell.of(text(was)),
                        is.isEmpty() ? Cell.bad("-") : Cell.of(text(is)),
                        Cell.of(waits == null ? "" : waits.sentence()));
            }
        }
        page.gap();
        if (end.isEmpty()) {
            page.line("every service would be where it is now");
        } else {
            page.table(end);
        }
        if (!forecast.settled()) {
            page.gap().line("it would not come to rest: the simulation was given up");
        }
    }

    /** What is defined or still somewhere; an assignment is kept for ever, also that of a service which was deleted. */
    private TreeSet<ServiceName> services() {
        TreeSet<ServiceName> all = new TreeSet<>(before.services().keySet());
        before.assignments().values().stream()
                .filter(a -> !a.owners().isEmpty())
                .forEach(a -> all.add(a.service()));
        return all;
    }

    private static List<String> nodes(ClusterView view, ServiceName service) {
        return view.assignment(service).owners().stream()
                .map(Owner::node)
                .map(n -> n.value())
                .toList();
    }

    private static String text(List<String> nodes) {
        return nodes.isEmpty() ? "-" : nodes.stream().collect(Collectors.joining(", "));
    }

    private static String time(Duration after) {
        return "t+" + Spans.text(after);
    }
}
