package io.stead.cli.status;

import io.stead.cli.cluster.Outlook;
import io.stead.cli.cluster.Words;
import io.stead.cli.render.Ages;
import io.stead.cli.render.Cell;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.render.Table;
import io.stead.model.member.Maintenance;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeOverride;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All nodes. */
public record Nodes(Outlook now) implements Shown {
    @Override
    public Object tree() {
        return NodeLine.of(now).stream().map(NodeLine::tree).toList();
    }

    @Override
    public void on(Page page) {
        Table table = new Table("NODE", "STATE", "SINCE", "OK", "LOAD", "SERVICES", "CONTROL", "NOTE");
        Instant wall = now.now().wall();
        for (NodeLine node : NodeLine.of(now)) {
            table.row(
                    Cell.of(node.id()),
                    state(node),
                    Cell.of(node.state().map(s -> Ages.of(s.since(), wall)).orElse("-")),
                    ok(node),
                    Cell.of(node.status().map(s -> Integer.toString(s.load())).orElse("-")),
                    Cell.of(node.owned().size()),
                    Cell.of(node.member()
                            .map(m -> String.join(", ", m.control()))
                            .orElse("-")),
                    note(node, wall));
        }
        show(table, page);
    }

    /** The shorter table, beside that of the services. */
    static void brief(Outlook now, Page page) {
        Table table = new Table("NODE", "STATE", "OK", "LOAD", "SERVICES", "NOTE");
        for (NodeLine node : NodeLine.of(now)) {
            table.row(
                    Cell.of(node.id()),
                    state(node),
                    ok(node),
                    Cell.of(node.status().map(s -> Integer.toString(s.load())).orElse("-")),
                    Cell.of(node.owned().size()),
                    note(node, now.now().wall()));
        }
        show(table, page);
    }

    private static void show(Table table, Page page) {
        if (table.isEmpty()) {
            page.line("no node yet: start an agent with `stead agent --node NAME`");
        } else {
            page.table(table);
        }
    }

    private static Cell state(NodeLine node) {
        String word = Words.of(node.phase());
        if (!node.isUp()) {
            return Cell.bad(node.phase() == MemberPhase.INACTIVE ? "down" : word + ", down");
        }
        return node.phase() == MemberPhase.JOINED ? Cell.good(word) : Cell.warn(word);
    }

    private static Cell ok(NodeLine node) {
        if (!node.isUp()) {
            return Cell.of("-");
        }
        return node.isOk() ? Cell.of("yes") : Cell.bad("no");
    }

    private static Cell note(NodeLine node, Instant now) {
        List<String> notes = new ArrayList<>();
        if (node.leads()) {
            notes.add("leads");
        }
        node.override().map(o -> note(o, now)).ifPresent(notes::add);
        node.state()
                .filter(s -> s.phase() != MemberPhase.JOINED)
                .map(MemberState::reason)
                .filter(r -> !r.isEmpty())
                .ifPresent(notes::add);
        node.maintenance().map(m -> maintained(m, now)).ifPresent(notes::add);
        return node.override().isPresent() || node.maintenance().isPresent()
                ? Cell.warn(String.join("; ", notes))
                : Cell.of(String.join("; ", notes));
    }

    private static String note(NodeOverride override, Instant now) {
        return (override.drained() ? "drained" : "quiesced")
                + asked(override.author(), override.since(), override.expires(), override.reason(), now);
    }

    /** On top of everything else that is said of it. */
    static String maintained(Maintenance.Notice notice, Instant now) {
        return "in maintenance" + asked(notice.author(), notice.since(), notice.expires(), notice.reason(), now);
    }

    private static String asked(String author, Instant since, Optional<Instant> expires, String reason, Instant now) {
        String why = reason.isEmpty() ? "" : ": " + reason;
        String until = expires.map(e -> ", ends " + Ages.of(e, now)).orElse("");
        return " by " + author + " " + Ages.of(since, now) + until + why;
    }
}
