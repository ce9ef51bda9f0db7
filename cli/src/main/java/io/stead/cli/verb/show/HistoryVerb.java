package io.stead.cli.verb.show;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Line;
import io.stead.cli.render.Printer;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.verb.ClusterVerb;
import io.stead.cli.verb.Surroundings;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What was decided, when and why; with {@code --follow} also what will be, until it is interrupted. */
@Command(name = "history", description = "The oldest first; the leader keeps the last 10,000 entries.")
public final class HistoryVerb extends ClusterVerb {
    /** What changes is told at once, except while the connection is down. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final String ALL = "2147483647";

    @Option(
            names = "--follow",
            description = "Go on with what is decided from now on, until interrupted; JSON comes as one line an entry.")
    private boolean follow;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = ALL,
            description = "Begin with the last N entries (default: all that are kept).")
    private int last;

    public HistoryVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        if (last < 1) {
            throw new CommandFailed(ExitCode.USAGE, "-n " + last + ": say how many entries to begin with, 1 or more");
        }
        try (Cluster cluster = open()) {
            List<Line> kept = cluster.history(Cluster.BEGINNING, deadline().left());
            List<Line> shown = kept.subList(Math.max(0, kept.size() - last), kept.size());
            if (!follow) {
                return print(new History(shown));
            }
            follow(
                    cluster,
                    shown,
                    kept.isEmpty() ? Cluster.BEGINNING : kept.getLast().number());
            return ExitCode.DONE;
        }
    }

    private void follow(Cluster cluster, List<Line> first, long newest) {
        long after = newest;
        List<Line> next = first;
        while (!shell().out().checkError()) {
            for (Line line : next) {
                switch (output()) {
                    case JSON -> Printer.line(History.tree(line), shell().out());
                    case TABLE ->
                        History.text(line).forEach(text -> shell().out().print(text + "\n"));
                    case YAML -> shell().out().print(Printer.yaml(List.of(History.tree(line))));
                }
            }
            shell().out().flush();
            var _ = cluster.pause(LOOK_AGAIN);
            next = news(cluster, after);
            after = next.isEmpty() ? after : next.getLast().number();
        }
    }

    /** Who follows stays until told to go, whatever becomes of ZooKeeper. */
    private List<Line> news(Cluster cluster, long after) {
        try {
            return cluster.history(after, deadline().span());
        } catch (CommandFailed e) {
            if (e.code() != ExitCode.UNREACHABLE) {
                throw e;
            }
            say(e.line() + "; trying on");
            return List.of();
        }
    }
}
