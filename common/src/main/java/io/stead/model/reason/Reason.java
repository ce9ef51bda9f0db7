package io.stead.model.reason;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Spans;
import io.stead.model.Text;
import io.stead.model.member.Maintenance;
import io.stead.model.member.MemberPhase;
import io.stead.model.service.StopCause;
import io.stead.model.service.Stopping;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Why something is decided, or waited for, or ruled out (C6). Each reads well as a clause of its own. */
public sealed interface Reason {
    /** For people: one line without control characters. */
    String sentence();

    // ---- why a node is ruled out

    record NotAllowed() implements Reason {
        @Override
        public String sentence() {
            return "not among the allowed nodes";
        }
    }

    record Denied() implements Reason {
        @Override
        public String sentence() {
            return "denied by the spec";
        }
    }

    record Down() implements Reason {
        @Override
        public String sentence() {
            return "down";
        }
    }

    record NotJoined(MemberPhase phase) implements Reason {
        @Override
        public String sentence() {
            return phase == MemberPhase.INACTIVE
                    ? "inactive: it has left, or has not joined yet"
                    : phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record NotOk() implements Reason {
        @Override
        public String sentence() {
            return "not ok by its own word";
        }
    }

    record Quiesced(boolean drained, String why) implements Reason {
        @Override
        public String sentence() {
            return (drained ? "drained" : "quiesced") + (why.isEmpty() ? "" : " (" + Text.escaped(why) + ")");
        }
    }

    // ---- why a node is chosen

    /** The node that weighs best; {@code rank} 1 is the top preference, 0 where nothing is preferred. */
    record Chosen(NodeId node, int rank, int load, int owned, int able) implements Reason {
        @Override
        public String sentence() {
            return node + " is " + (able == 1 ? "the only able node" : "best of " + able + " able nodes") + weight();
        }

        private String weight() {
            String rankText = rank > 0 ? "preference " + rank + ", " : "";
            return " (%sload %d, %d service%s there)".formatted(rankText, load, owned, owned == 1 ? "" : "s");
        }
    }

    /** The node that weighs best but for the one that it is to leave, however well that weighs. */
    record ChosenBesides(NodeId from, Chosen choice) implements Reason {
        @Override
        public String sentence() {
            return choice.node() + " is the best able node besides " + from + ", which it leaves" + choice.weight();
        }
    }

    record ToRecover(Chosen choice) implements Reason {
        @Override
        public String sentence() {
            return "to be recovered: " + choice.sentence();
        }
    }

    record Everywhere() implements Reason {
        @Override
        public String sentence() {
            return "it runs on every able node";
        }
    }

    record WithParent(ServiceName parent, NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "its parent " + parent + " runs on " + node;
        }
    }

    record Restarted(NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "restarted on " + node + ", where it was";
        }
    }

    record Named(NodeId node, String author, String why) implements Reason {
        @Override
        public String sentence() {
            return Text.escaped(author) + " named " + node + because(why);
        }
    }

    record Claimed(NodeId node, String author, String why) implements Reason {
        @Override
        public String sentence() {
            return Text.escaped(author) + " claimed it for " + node + ", where it runs already" + because(why);
        }
    }

    // ---- what happened

    record StartFailed(NodeId node, String detail) implements Reason {
        @Override
        public String sentence() {
            return "its start on " + node + " failed" + (detail.isEmpty() ? "" : ": " + Text.escaped(detail));
        }
    }

    record Stopped(NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "its stop on " + node + " has ended";
        }
    }

    record Lost(NodeId node, boolean wasStarting) implements Reason {
        @Override
        public String sentence() {
            return node + " was lost" + (wasStarting ? " while it started" : "");
        }
    }

    record Recovered(NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "its recovery on " + node + " has ended";
        }
    }

    record Stop(Stopping stopping, NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "it is to stop on " + node + ": " + Text.escaped(stopping.sentence());
        }
    }

    record Cleared(String author, String why) implements Reason {
        @Override
        public String sentence() {
            return "cleared by " + Text.escaped(author) + because(why);
        }
    }

    record Asked(String what, String author, String why) implements Reason {
        @Override
        public String sentence() {
            return what + " by " + Text.escaped(author) + because(why);
        }
    }

    record Mature(String because) implements Reason {
        @Override
        public String sentence() {
            return "the cluster is mature for it: " + because;
        }
    }

    record NoNodeUp() implements Reason {
        @Override
        public String sentence() {
            return "no allowed node is up";
        }
    }

    // ---- what is waited for

    record AwaitingMaturity(int up, int needed, Duration remaining) implements Reason {
        @Override
        public String sentence() {
            String count = needed > 0 ? "%d of %d allowed nodes are up".formatted(up, needed) : up + " allowed up";
            return "awaiting maturity: " + count
                    + (remaining.isZero() ? "" : ", or " + Spans.text(rounded(remaining)) + " more");
        }
    }

    /** {@code ruledOut}: the nodes by what rules them out. */
    record NoAbleNode(Map<Reason, List<NodeId>> ruledOut) implements Reason {
        private static final int SHOWN = 4;

        public NoAbleNode {
            ruledOut = Collections.unmodifiableMap(new LinkedHashMap<>(ruledOut));
        }

        @Override
        public String sentence() {
            if (ruledOut.isEmpty()) {
                return "no able node: no node is known";
            }
            return ruledOut.entrySet().stream()
                    .map(e ->
                            Text.listed(e.getValue(), SHOWN) + ": " + e.getKey().sentence())
                    .collect(Collectors.joining("; ", "no able node: ", ""));
        }
    }

    record BackingOff(NodeId node, Duration remaining) implements Reason {
        @Override
        public String sentence() {
            return "every able node has failed to start it; next try on " + node + " in "
                    + Spans.text(rounded(remaining));
        }
    }

    record GaveUp(ServiceName service, int times) implements Reason {
        @Override
        public String sentence() {
            return "given up: it failed " + (times == 1 ? "once" : times + " times")
                    + " or more on every able node; mend it, then `stead clear " + service + "`";
        }
    }

    record GaveUpOn(NodeId node, ServiceName service, int times) implements Reason {
        @Override
        public String sentence() {
            return "given up on " + node + ", where it failed " + (times == 1 ? "once" : times + " times")
                    + "; mend it, then `stead clear " + service + " --node " + node + "`";
        }
    }

    record TryingAgain(NodeId node, Duration remaining) implements Reason {
        @Override
        public String sentence() {
            return "it failed on " + node + "; next try there in " + Spans.text(rounded(remaining));
        }
    }

    record RestartPending(NodeId node, Reason why) implements Reason {
        @Override
        public String sentence() {
            return "to be restarted on " + node + " as soon as it could come back there; now that is " + why.sentence();
        }
    }

    /** {@code times}: on all nodes, until that is forgiven; {@code node} and {@code detail}: of the last one. */
    record FailedLately(int times, NodeId node, String detail) implements Reason {
        @Override
        public String sentence() {
            return "it has failed " + (times == 1 ? "once" : times + " times") + " lately, last on " + node
                    + because(detail);
        }
    }

    record StopGrace(NodeId node, Duration remaining) implements Reason {
        @Override
        public String sentence() {
            return node + " was lost; its stop-grace ends in " + Spans.text(rounded(remaining));
        }
    }

    record Starting(NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "starting on " + node;
        }
    }

    /** {@code lost}: whether their node is, so that they are to be recovered and not to be stopped. */
    record WaitingForChildren(List<ServiceName> children, boolean lost) implements Reason {
        @Override
        public String sentence() {
            return "waiting until " + children.stream().map(ServiceName::value).collect(Collectors.joining(", "))
                    + (children.size() == 1 ? " has" : " have") + (lost ? " been recovered" : " stopped");
        }
    }

    record WaitingForParent(ServiceName parent) implements Reason {
        @Override
        public String sentence() {
            return "waiting for its parent " + parent + " to be registered";
        }
    }

    record WaitingForNotify(NodeId node) implements Reason {
        @Override
        public String sentence() {
            return node + " is preferred, and its transfer is free; waiting until " + node + " has been notified";
        }
    }

    record WaitingForSession(NodeId node) implements Reason {
        @Override
        public String sentence() {
            return node + " is being forced out; waiting until its session has ended";
        }
    }

    record Blocked(ServiceName service, NodeId node, String detail) implements Reason {
        @Override
        public String sentence() {
            return "blocked: its stop on " + node + " failed: " + Text.escaped(detail)
                    + "; see that it has stopped, then `stead clear " + service + " --confirm-stopped`";
        }
    }

    record Recovering(NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "its recovery runs on " + node;
        }
    }

    record RecoveryOwed(Reason why) implements Reason {
        @Override
        public String sentence() {
            return "its recovery is owed: " + why.sentence();
        }
    }

    /** {@code detail}: of the last one. */
    record RecoveryFailed(ServiceName service, List<NodeId> on, String detail) implements Reason {
        @Override
        public String sentence() {
            return "its recovery failed on " + on.stream().map(NodeId::value).collect(Collectors.joining(", "))
                    + because(detail) + "; recover it by hand, then `stead clear " + service + "`";
        }
    }

    record NotWanted(boolean byOperator) implements Reason {
        @Override
        public String sentence() {
            return byOperator ? "deregistered by the operator" : "its spec says register: manual";
        }
    }

    record EverywhereNow() implements Reason {
        @Override
        public String sentence() {
            return "its placement policy is now to run on every able node";
        }
    }

    record Deleted() implements Reason {
        @Override
        public String sentence() {
            return "its spec was deleted";
        }
    }

    record NowhereElse(StopCause cause, NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "it stays on " + node + " though " + cause.sentence() + ": no other node can take it";
        }
    }

    record SpecChanged(ServiceName service, NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "it runs on " + node + " with the actions that it started with, and its spec has others: apply them"
                    + " with `stead restart " + service + "`";
        }
    }

    record NoLongerAllowed(ServiceName service, NodeId node) implements Reason {
        @Override
        public String sentence() {
            return "its spec does not allow " + node + " any more; it stays there until `stead transfer " + service
                    + "`";
        }
    }

    record InMaintenance(Maintenance.Scope scope, Maintenance.Notice notice) implements Reason {
        @Override
        public String sentence() {
            String what = switch (scope) {
                case Maintenance.Scope.Cluster _ -> "the whole cluster is ";
                case Maintenance.Scope.Node s -> s.node() + " is ";
                case Maintenance.Scope.Service _ -> "";
            };
            return what + "in maintenance by " + Text.escaped(notice.author()) + because(notice.reason());
        }

        /** How it is ended. */
        public String mend() {
            return switch (scope) {
                case Maintenance.Scope.Cluster _ -> "`stead maintenance --cluster --end`";
                case Maintenance.Scope.Node s -> "`stead node maintenance " + s.node() + " --end`";
                case Maintenance.Scope.Service s -> "`stead maintenance " + s.service() + " --end`";
            };
        }
    }

    record Frozen(String path, String why) implements Reason {
        @Override
        public String sentence() {
            return "frozen: " + Text.escaped(path) + " can't be read (" + Text.escaped(why) + ")";
        }
    }

    record Misplaced(String why) implements Reason {
        @Override
        public String sentence() {
            return "misplaced: " + why;
        }
    }

    private static String because(String why) {
        return why.isEmpty() ? "" : ": " + Text.escaped(why);
    }

    private static Duration rounded(Duration span) {
        return Duration.ofSeconds((span.toMillis() + 999) / 1000);
    }
}
