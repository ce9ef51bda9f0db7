package io.stead.cli.dev;

import io.stead.model.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a newcomer may try next. */
final class Guide {
    private Guide() {}

    /**
     * The lines to be printed.
     *
     * @param agents by node; with one alone, nothing can be moved
     * @param bin where the launcher lies; empty when it is on the caller's path already
     * @param comesBack after how long a killed agent is started again
     * @param kept whether the trial's directory stays when it ends
     */
    static String text(
            TrialDirectory directory,
            String zk,
            Map<NodeId, Long> agents,
            List<Path> bin,
            String comesBack,
            boolean kept) {
        List<String> lines = new ArrayList<>();
        lines.add("A cluster of %d node%s runs, and with it the service \"hello\". In another terminal:"
                .formatted(agents.size(), agents.size() == 1 ? "" : "s"));
        lines.add("  export STEAD_ZK=%s STEAD_CREDENTIALS=%s%s"
                .formatted(
                        zk,
                        directory.operatorCredentials(),
                        bin.stream().map(b -> " PATH=\"" + b + ":$PATH\"").collect(Collectors.joining())));
        lines.addAll(toTry(directory, agents, comesBack));
        lines.addAll(ofYourOwn(directory));
        lines.add("Logs are in %s. Ctrl-C ends %s"
                .formatted(directory.root(), kept ? "everything, and keeps that." : "and removes everything."));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> toTry(TrialDirectory directory, Map<NodeId, Long> agents, String comesBack) {
        NodeId first = agents.keySet().iterator().next();
        String others = agents.entrySet().stream()
                .skip(1)
                .map(e -> e.getKey() + " is " + e.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
        List<String> lines = new ArrayList<>();
        lines.add("  tail -f " + directory.hello());
        lines.add(step("", "watch the service move"));
        lines.add(step("stead status", "see who runs what"));
        // First of all, while it runs there.
        lines.add(step(
                "kill -9 " + agents.get(first),
                "crash " + first + (agents.size() > 1 ? others : "") + "; it comes back after " + comesBack));
        if (agents.size() > 1) {
            lines.add(step("stead transfer hello", "move it"));
            lines.add(step(
                    "stead node drain " + first, "move everything away; `stead node resume " + first + "` ends it"));
        }
        lines.add(step("stead explain hello", "why it is where it is, and why not elsewhere"));
        lines.add(step("stead simulate --down " + first, "what would happen"));
        lines.add(step("stead history --follow", "what is decided, and why"));
        return lines;
    }

    private static String step(String command, String what) {
        return "  %-28s%s".formatted(command, what);
    }

    private static List<String> ofYourOwn(TrialDirectory directory) {
        Path program = directory.actions().resolve("mine");
        return List.of(
                "A service of your own: its program goes where all agents of this trial look for actions.",
                "  printf '#!/bin/sh\\nsleep 1000000 &\\n' >%s && chmod 700 %s".formatted(program, program),
                "  echo '{kind: service, name: mine, actions: {start: {run: mine}}}' | stead apply -f -");
    }
}
