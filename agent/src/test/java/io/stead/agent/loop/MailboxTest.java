package io.stead.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox();
    private final List<String> seen = new ArrayList<>();

    @Test
    @Timeout(10)
    void events_runInTheirOrder_onTheThreadThatAttends() throws InterruptedException {
        Thread attending = Thread.currentThread();
        for (int i = 0; i < 3; i++) {
            String name = "e" + i;
            mailbox.post(() -> seen.add(name + Thread.currentThread().equals(attending)));
        }
        mailbox.attend(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("e0true", "e1true", "e2true");
    }

    @Test
    @Timeout(10)
    void aWake_endsTheWait() throws InterruptedException {
        mailbox.wake();
        mailbox.wake();
        mailbox.attend(Duration.ofDays(1));
        mailbox.attend(Duration.ZERO);
        assertThat(seen).isEmpty();
    }

    @Test
    @Timeout(10)
    void whileNothingComes_theThreadThatAttendsGivesSignsOfLife() throws InterruptedException {
        List<Thread> signs = new ArrayList<>();
        mailbox.attend(Duration.ofMillis(200), Duration.ofMillis(10), () -> signs.add(Thread.currentThread()));
        assertThat(signs).hasSizeBetween(1, 20).containsOnly(Thread.currentThread());
    }

    @Test
    @Timeout(10)
    void aSignOfLife_delaysNoEvent() throws InterruptedException {
        mailbox.attend(Duration.ofDays(1), Duration.ofMillis(1), () -> mailbox.post(() -> seen.add("met")));
        assertThat(seen).containsExactly("met");
    }

    @Test
    @Timeout(10)
    void anOutcome_isMetOnTheThreadThatAttends() throws InterruptedException {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        mailbox.deliver(outcome, seen::add);
        outcome.complete("done");
        assertThat(seen).isEmpty();
        mailbox.attend(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("done");
    }

    @Test
    @Timeout(10)
    void anOutcomeThatFails_isThrownWhereItIsWaitedFor() {
        IllegalStateException bug = new IllegalStateException("a bug");
        mailbox.deliver(CompletableFuture.<String>failedFuture(bug), seen::add);
        assertThatThrownBy(() -> mailbox.attend(Duration.ofSeconds(5))).hasCause(bug);
    }

    @Test
    @Timeout(20)
    void aFullMailbox_losesNoEvent_andNeverBlocksAWake() throws InterruptedException {
        int count = 10_000;
        Thread poster = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < count; i++) {
                mailbox.post(() -> seen.add("x"));
            }
        });
        while (seen.size() < count) {
            mailbox.wake();
            mailbox.attend(Duration.ofSeconds(5));
        }
        poster.join();
        assertThat(seen).hasSize(count);
    }
}
