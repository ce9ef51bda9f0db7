package io.stead.agent.container;

import java.util.List;

/** What became of a kill. */
public sealed interface Killed {
    /** Nothing is left. */
    record Ended() implements Killed {}

    /** These lived on when the time was over, never an empty list. */
    record Remains(List<Straggler> stragglers) implements Killed {
        public Remains {
            stragglers = List.copyOf(stragglers);
        }
    }
}
