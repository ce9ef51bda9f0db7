package io.stead.schema.install;

import io.stead.schema.spec.ConnectString;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an ensemble's servers say of its tickTime by the four-letter word {@code conf} (protocols.md, Lease). */
public sealed interface EnsembleConf {
    /** The largest that any server has; {@code syncLimit} is in ticks, 0 where there are no followers. */
    record Tick(Duration largest, int syncLimit) implements EnsembleConf {
        /**
         * How long a lease's time-out must be at least for the loss of power of the leader's host to cost nobody the lease:
         * followers wait for it for syncLimit ticks before they elect another (protocols.md, "ZooKeeper outage").
         */
        public Duration leastTimeout() {
            Duration election = largest.multipliedBy(syncLimit + 2L).plusMillis(500);
            // T − t/2 − T/6 − (100 ms + T/1000) must be more than that.
            double share = 1 - 1.0 / 6 - 1.0 / 1000;
            long nanos = election.plus(largest.dividedBy(2)).plusMillis(100).toNanos();
            return Duration.ofMillis((long) Math.ceil(nanos / share / 1e6));
        }
    }

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
            int syncLimit = words.stream()
                    .flatMap(w -> w.syncLimit().stream())
                    .max(Comparator.naturalOrder())
                    .orElse(0);
            return new Tick(largest.get(), syncLimit);
        }
        return words.stream().anyMatch(ConfWord::isForbidden) ? new Forbidden() : new Silent();
    }
}
