package io.stead.cli.verb;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Goal;
import io.stead.cli.cluster.Outlook;
import io.stead.cli.cluster.Progress;
import io.stead.cli.cluster.Settling;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.Shell;
import io.stead.model.Spans;
import io.stead.model.Text;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One request, from its asking to its settling: request, answer, then looking at the cluster until it is done. */
public final class Asking {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Shell shell;
    private final Deadline deadline;

    public Asking(Cluster cluster, Shell shell, Deadline deadline) {
        this.cluster = cluster;
        this.shell = shell;
        this.deadline = deadline;
    }

    /** The answer to an accepted request; any other ends the verb. */
    public Answer ask(Wish wish, String reason, Optional<Instant> expires) {
        Instant notAfter = shell.now().wall().plus(deadline.left());
        Request request = new Request(
                UUID.randomUUID().toString(), wish, shell.user(), reason, Optional.empty(), notAfter, expires);
        Answer answer = cluster.ask(request, deadline.left())
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.FAILED,
                        "no leader has answered within " + Spans.text(deadline.span())
                                + ": see in `stead status` whether agents run; the request is void now"));
        return switch (answer.verdict()) {
            case ACCEPTED -> answer;
            case REFUSED -> throw new CommandFailed(ExitCode.REFUSED, Text.escaped(answer.message()));
            case NOT_FOUND -> throw new CommandFailed(ExitCode.NOT_FOUND, Text.escaped(answer.message()));
        };
    }

    /**
     * The sentence that says what has come of it. However silent ZooKeeper is meanwhile, the verb ends as one whose request
     * was accepted: not with {@link ExitCode#UNREACHABLE}, upon which a script might repeat it.
     */
    public String await(Goal goal, ClusterView before) {
        String seen = "";
        try (ProgressLine line = new ProgressLine(shell)) {
            while (true) {
                switch (Settling.look(goal, before, look(seen))) {
                    case Progress.Done done -> {
                        return done.sentence();
                    }
                    case Progress.Missed missed ->
                        throw new CommandFailed(ExitCode.FAILED, Text.escaped(missed.sentence()));
                    case Progress.Waiting waiting -> {
                        seen = Text.escaped(waiting.sentence());
                        line.show(seen);
                    }
                }
                Duration left = deadline.left();
                // Changed or not: the reasons contain spans.
                var _ = cluster.pause(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
                if (deadline.isOver()) {
                    throw new CommandFailed(ExitCode.FAILED, late(seen));
                }
            }
        }
    }

    private String late(String seen) {
        return "accepted, but not done within " + Spans.text(deadline.span()) + ": " + seen;
    }

    private Outlook look(String seen) {
        try {
            return Outlook.of(cluster.view(deadline.left()), shell.now());
        } catch (CommandFailed e) {
            throw e.code() != ExitCode.UNREACHABLE
                    ? e
                    : new CommandFailed(
                            ExitCode.FAILED,
                            seen.isEmpty() ? "accepted, but " + e.line() : late(seen) + "; since then " + e.line(),
                            e);
        }
    }
}
