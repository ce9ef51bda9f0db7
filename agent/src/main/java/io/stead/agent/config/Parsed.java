package io.stead.agent.config;

import java.util.List;

/** What the arguments come to. */
public sealed interface Parsed {
    /**
     * Run with this.
     *
     * @param replace whether to take over from the agent that runs as this node already
     */
    record Ready(AgentConfig config, boolean replace) implements Parsed {}

    /** Print this and exit with 0. */
    record Help(String text) implements Parsed {}

    /** Print these lines on stderr and exit with 2 (usage); each tells where and how to mend it. */
    record Refused(List<String> lines) implements Parsed {
        public Refused {
            lines = List.copyOf(lines);
        }
    }
}
