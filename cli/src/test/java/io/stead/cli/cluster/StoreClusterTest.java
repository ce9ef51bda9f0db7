package io.stead.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.schema.codec.Codecs;
import io.stead.schema.layout.Layout;
import io.stead.schema.store.OperatorStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A verb bears a ZooKeeper that has a hiccup, and no longer than it was told to. */
final class StoreClusterTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final Hiccups znodes = new Hiccups();
    private final OperatorStore store = new OperatorStore(znodes);
    private final StoreCluster cluster = new StoreCluster("trial", "zk1:2181/stead", "ann", () -> store, () -> {});

    @Test
    void view_afterAHiccup_isWhatIsThere() {
        znodes.failures = 15;

        assertThat(cluster.view(LONG).members()).isEmpty();
        assertThat(cluster.history(7, LONG)).isEmpty();
    }

    @Test
    void silence_isBorneNoLongerThanTheSpan() {
        znodes.silent = true;

        assertThat(failure(() -> cluster.view(SHORT))).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(failure(() -> cluster.history(Cluster.BEGINNING, SHORT))).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void refusal_isNoSilence_andIsToldAtOnce() {
        znodes.forbidden = true;

        assertThat(failure(() -> cluster.view(LONG))).isEqualTo(ExitCode.REFUSED);
        assertThat(failure(() -> cluster.history(Cluster.BEGINNING, LONG))).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void requestThatMayOrMayNotHaveBeenWritten_isSettledByItsAnswer() {
        Answer answer = new Answer("r1", Answer.Verdict.ACCEPTED, Optional.of(4L), "", NOON);
        znodes.texts.put(Layout.answer("r1"), new String(Codecs.ANSWER.encode(answer), StandardCharsets.UTF_8));

        assertThat(cluster.ask(request(), LONG)).contains(answer);
    }

    @Test
    void requestThatMayOrMayNotHaveBeenWritten_andIsNeverAnswered_isNotSaidToBeVoid() {
        assertThat(failure(() -> cluster.ask(request(), SHORT))).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void sessionThatIsReplaced_isListenedToAnew() {
        Deque<OperatorStore> stores = new ArrayDeque<>(List.of(store, store, new OperatorStore(znodes)));
        StoreCluster changing = new StoreCluster("trial", "zk1:2181/stead", "ann", stores::remove, () -> {});

        assertThat(changing.pause(SHORT)).as("it has just begun to listen").isTrue();
        assertThat(changing.pause(SHORT)).isFalse();
        assertThat(changing.pause(SHORT))
                .as("what happened in between is not known")
                .isTrue();
    }

    private static Request request() {
        Wish wish = new Wish.Deregister(new ServiceName("db"));
        return new Request("r1", wish, "ann", "", Optional.empty(), NOON, Optional.empty());
    }

    private static ExitCode failure(Runnable call) {
        CommandFailed failed = catchThrowableOfType(CommandFailed.class, call::run);
        return failed == null ? ExitCode.DONE : failed.code();
    }
}
