package io.stead.cli.status;

import io.stead.cli.cluster.Outlook;
import io.stead.cli.cluster.Words;
import io.stead.cli.render.Ages;
import io.stead.cli.render.Cell;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.render.Table;
import io.stead.model.service.Failure;
import io.stead.model.service.Phase;
import java.time.Instant;
import java.util.Comparator;

/** All services. */
public record Services(Outlook now) implements Shown {
    @Override
    public Object tree() {
        return ServiceLine.of(now).stream().map(ServiceLine::tree).toList();
    }

    @Override
    public void on(Page page) {
        Table table = new Table("SERVICE", "STATE", "NODES", "SINCE", "POLICY", "PARENT", "GENERATION", "FAILURES");
        for (ServiceLine service : ServiceLine.of(now)) {
            int failures = service.assignment().failures().stream()
                    .mapToInt(Failure::count)
                    .sum();
            table.row(
                    Cell.of(service.name()),
                    state(service),
                    nodes(service),
                    since(service, now.now().wall()),
                    Cell.of(service.spec()
                            .map(s -> Words.of(s.placement().policy()))
                            .orElse("-")),
                    Cell.of(service.spec()
                            .flatMap(s -> s.parent())
                            .map(Object::toString)
                            .orElse("-")),
                    Cell.of(service.assignment().generation()),
                    failures == 0 ? Cell.of("0") : Cell.warn(Integer.toString(failures)));
        }
        show(table, page);
    }

    /** The shorter table, with reasons where there is something to say. */
    static void brief(Outlook now, Page page) {
        Table table = new Table("SERVICE", "STATE", "NODES", "SINCE", "REASON");
        for (ServiceLine service : ServiceLine.of(now)) {
            boolean tells = service.waits() || service.phase() != Phase.REGISTERED;
            table.row(
                    Cell.of(service.name()),
                    state(service),
                    nodes(service),
                    since(service, now.now().wall()),
                    Cell.of(tells ? service.reason() : ""));
        }
        show(table, page);
    }

    private static void show(Table table, Page page) {
        if (table.isEmpty()) {
            page.line("no service yet: define one with `stead apply -f FILE`");
        } else {
            page.table(table);
        }
    }

    private static Cell nodes(ServiceLine service) {
        String nodes = service.perNode().isEmpty() ? "-" : service.nodesText();
        return Cell.of(service.transferText().map(t -> nodes + ", " + t).orElse(nodes));
    }

    private static Cell since(ServiceLine service, Instant now) {
        return Cell.of(service.perNode().stream()
                .map(ServiceLine.OnNode::since)
                .max(Comparator.naturalOrder())
                .map(at -> Ages.of(at, now))
                .orElse("-"));
    }

    private static Cell state(ServiceLine service) {
        String word = service.phase().word();
        return switch (service.phase()) {
            case REGISTERED -> Cell.good(word);
            case STARTING, STOPPING, AWAITING_MATURITY -> Cell.warn(word);
            case FAILED, RECOVERING -> Cell.bad(word);
            case DEREGISTERED -> Cell.of(word);
        };
    }
}
