package io.stead.agent.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.agent.container.Grounds;
import io.stead.agent.warden.Warden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("C2")
@Timeout(60)
class WardenWatchTest {
    @Test
    void withoutAWarden_theLeaseWasOverWhenItWasMissed_untilThereIsOneAgain(@TempDir Path parent) throws Exception {
        Grounds grounds = new Grounds(Grounds.Kind.PROCESS_GROUPS, parent);
        Path directory = parent.resolve("warden");
        Warden warden = Warden.startOrAdopt(directory, grounds.containers);
        try {
            WardenWatch watch = new WardenWatch(warden);
            long end = System.nanoTime() + Duration.ofHours(1).toNanos();
            watch.look();
            assertThat(watch.guarded(end)).isEqualTo(end);

            warden.stop();
            Path program = directory.resolve("warden.sh");
            Files.delete(program);
            Files.createDirectories(program.resolve("in-the-way"));
            watch.look();
            assertThat(watch.isGuarding()).isTrue();
            await().atMost(Duration.ofSeconds(20)).until(() -> !watch.isGuarding());
            assertThat(watch.guarded(end) - System.nanoTime())
                    .as("it is said before it is acted upon")
                    .isPositive();
            await().atMost(Duration.ofSeconds(20)).until(() -> watch.guarded(end) - System.nanoTime() < 0);
            long missed = watch.guarded(end);
            watch.look();
            assertThat(watch.guarded(end))
                    .as("it doesn't move along with the clock")
                    .isEqualTo(missed);
            assertThat(watch.guarded(missed - 1))
                    .as("a lease that was over before")
                    .isEqualTo(missed - 1);

            Files.delete(program.resolve("in-the-way"));
            Files.delete(program);
            watch.look();
            assertThat(watch.guarded(end)).isEqualTo(end);
            assertThat(watch.isGuarding()).isTrue();
        } finally {
            warden.stop();
            grounds.close();
        }
    }
}
