package io.stead.agent.container;

import java.util.ArrayList;
import java.util.List;

/** What became of a kill. */
public sealed interface Killed {
    /** This and another kill together. */
    default Killed and(Killed other) {
        if (this instanceof Remains mine && other instanceof Remains theirs) {
            List<Straggler> all = new ArrayList<>(mine.stragglers());
            all.addAll(theirs.stragglers());
            return new Remains(all);
        }
        return this instanceof Remains ? this : other;
    }

    /** Nothing is left. */
    record Ended() implements Killed {}

    /** These lived on when the time was over, never an empty list. */
    record Remains(List<Straggler> stragglers) implements Killed {
        public Remains {
            stragglers = List.copyOf(stragglers);
        }
    }
}
