package io.stead.cli.dev;

import io.stead.model.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a newcomer may try next. */
final class Guide {
    private Guide() {}

    /**
     * @param bin where the launcher lies; empty when it is on the caller's path already
     * @param comesBack after how long a killed agent is started again
     */
    static String text(Trial trial, List<Path> bin, String comesBack) {
        Map<NodeId, Process> agents = trial.agents();
        NodeId first = agents.keySet().iterator().next();
        String pids = agents.entrySet().stream()
                .skip(1)
                .map(e -> e.getKey() + " is " + e.getValue().pid())
                .collect(Collectors.joining(", "));
        String path = bin.stream().map(b -> " PATH=\"" + b + ":$PATH\"").collect(Collectors.joining());
        long pid = agents.values().iterator().next().pid();
        return """

            A cluster of %d nodes runs, and with it the service "hello". In another terminal:

              export STEAD_ZK=%s STEAD_CREDENTIALS=%s%s

              tail -f %s
                                          watch the service move
              stead status                see who runs what
              stead transfer hello        move it
              kill -9 %-8d            crash %s%s; it comes back after %s
              stead node drain %s         move everything away; `stead node resume %s` ends it
              stead explain hello         why it is where it is, and why not elsewhere
              stead simulate --down %s    what would happen
              stead history --follow      what is decided, and why

            Logs are in %s. Ctrl-C ends and removes everything.
            """.formatted(
                        agents.size(),
                        trial.zk(),
                        trial.directory().operatorCredentials(),
                        path,
                        trial.directory().hello(),
                        pid,
                        first,
                        pids.isEmpty() ? "" : " (" + pids + ")",
                        comesBack,
                        first,
                        first,
                        first,
                        trial.directory().root());
    }
}
