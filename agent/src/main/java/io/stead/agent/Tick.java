package io.stead.agent;

import io.stead.agent.life.Trouble;
import io.stead.schema.install.EnsembleConf;
import io.stead.schema.spec.ConnectString;
import java.time.Duration;
import java.util.Optional;

/**
 * The tickTime that a life reckons its lease with (protocols.md, Lease). One that is too small would make a lease outlive its
 * session; one that is larger than the ensemble's only makes it shorter.
 */
sealed interface Tick {
    record Known(Duration tick) implements Tick {}

    /** Nobody tells now: ask again. */
    record NotYet() implements Tick {}

    /** The operator has to mend something first. */
    record Refused(Trouble trouble) implements Tick {}

    /**
     * What follows from what the servers say.
     *
     * @param configured {@code zookeeper.tick}, where it is given
     */
    static Tick of(Optional<Duration> configured, EnsembleConf said, ConnectString zk) {
        return switch (said) {
            case EnsembleConf.Tick(Duration largest, int _)
            when configured.isPresent() && configured.get().compareTo(largest) < 0 ->
                refused("zookeeper.tick is %d ms, but the tickTime of %s is %d ms: give that, or leave it out"
                        .formatted(configured.get().toMillis(), zk.hosts(), largest.toMillis()));
            case EnsembleConf.Tick(Duration largest, int _) -> new Known(configured.orElse(largest));
            case EnsembleConf.Forbidden _ ->
                configured
                        .<Tick>map(Known::new)
                        .orElseGet(() -> refused("the ensemble's tickTime can't be learnt from " + zk.hosts()
                                + ": allow conf among its four-letter words, or set zookeeper.tick"));
            case EnsembleConf.Silent _ -> configured.<Tick>map(Known::new).orElseGet(NotYet::new);
        };
    }

    private static Tick refused(String line) {
        return new Refused(new Trouble(Trouble.ExitCode.REFUSED, line));
    }
}
