package io.stead.schema.install;

import io.stead.schema.spec.ConnectString;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an ensemble's servers say of its tickTime by the four-letter word {@code conf} (protocols.md, Lease). */
public sealed interface EnsembleConf {
    /** The largest that any server has. */
    record Tick(Duration largest) implements EnsembleConf {}

    /** No server tells, and one says that it is not allowed to. */
    record Forbidden() implements EnsembleConf {}

    /** No server tells now: they are down, or without a leader. */
    record Silent() implements EnsembleConf {}

    /** Asks every server, one after the other. May block for two seconds a server. */
    static EnsembleConf ask(ConnectString connect) {
        List<ConfWord> words = connect.servers().stream().map(ConfWord::of).toList();
        Optional<Duration> largest =
                words.stream().flatMap(w -> w.tick().stream()).max(Comparator.naturalOrder());
        if (largest.isPresent()) {
            return new Tick(largest.get());
        }
        return words.stream().anyMatch(ConfWord::isForbidden) ? new Forbidden() : new Silent();
    }
}
