package io.stead.schema.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.memory.MemoryTree;
import io.stead.schema.memory.MemoryZnodes;
import io.stead.schema.session.SavedSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C2")
class LeaseKeeperTest {
    private final MemoryZnodes mine = new MemoryTree().session(7);
    private final CompletableFuture<LeaseKeeper.Over> over = new CompletableFuture<>();

    /** A thread that died in silence would leave everybody believing in the lease that it renews no more. */
    @Test
    void keeperThatFails_endsTheLease_andSaysSo() throws Exception {
        SavedSession session = new SavedSession(7, "", Duration.ofSeconds(2), 0);
        LeaseKeeper.Listener failing = new LeaseKeeper.Listener() {
            @Override
            public void moved(long endNanos) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public void unanswered() {}

            @Override
            public void answered() {}

            @Override
            public void over(LeaseKeeper.Over why) {
                over.complete(why);
            }
        };
        try (LeaseKeeper keeper = new LeaseKeeper(
                mine, "/n1", () -> Optional.of(session), Duration.ofMillis(200), System::nanoTime, failing)) {
            keeper.start();
            assertThat(over.get(20, TimeUnit.SECONDS)).isEqualTo(LeaseKeeper.Over.FAILED);
            assertThat(keeper.endNanos().orElseThrow() - System.nanoTime()).isNegative();
        }
    }
}
