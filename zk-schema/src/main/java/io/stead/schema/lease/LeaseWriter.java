package io.stead.schema.lease;

import io.stead.schema.znode.Access;
import io.stead.schema.znode.Connection;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.WriteOutcome.Cause;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The lease's znode: each write names the version it replaces, so that nobody else can write to it unnoticed. A refusal for the
 * version is innocent only if a write of one's own, whose answer was lost, explains it; otherwise somebody else runs with
 * our session (a cloned machine), and nothing may be held under it any more.
 *
 * <p>Not for several threads; blocks until each answer.
 */
final class LeaseWriter {
    private final Znodes znodes;
    private final String path;
    private final LongSupplier sessionId;
    private final Supplier<Duration> patience;
    private final Runnable unanswered;
    private final String process = UUID.randomUUID().toString();
    private final Set<String> lost = new HashSet<>();
    private Optional<String> last = Optional.empty();
    private OptionalInt version = OptionalInt.empty();
    private boolean isKnown;
    /** Whether this process has ever written: before that, whatever stands there is an earlier one's, also if it came late. */
    private boolean isOurs;

    private long count;

    /** How one attempt to renew ended. */
    sealed interface Round {
        /** Committed over this connection. */
        record Committed(Connection connection) implements Round {}

        /** Nothing was proved; try again. */
        record NotNow(String why) implements Round {}

        record Over(LeaseKeeper.Over why) implements Round {}
    }

    /**
     * Writes nothing yet.
     *
     * @param sessionId whose the znode must be, as soon as it is known
     * @param unanswered called after each {@code patience} that an answer is waited for
     */
    LeaseWriter(Znodes znodes, String path, LongSupplier sessionId, Supplier<Duration> patience, Runnable unanswered) {
        this.znodes = znodes;
        this.path = path;
        this.sessionId = sessionId;
        this.patience = patience;
        this.unanswered = unanswered;
    }

    /** Writes once, after finding out where things stand if that is not known. */
    Round renew() throws InterruptedException {
        if (!isKnown) {
            Optional<Round> obstacle = settle();
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
        }
        count++;
        String text =
                "{\"v\":1,\"process\":\"" + process + "\",\"count\":" + count + ",\"at\":" + System.nanoTime() + "}";
        Write write = version.isPresent()
                ? new Write.Set(path, text, version.getAsInt())
                : new Write.Create(path, text, Write.Mode.EPHEMERAL, Access.OWN);
        return after(text, await(znodes.write(List.of(write))));
    }

    private Round after(String text, WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Committed c -> {
                last = Optional.of(text);
                isOurs = true;
                lost.clear();
                version = OptionalInt.of(c.written().getFirst().version());
                yield new Round.Committed(c.connection());
            }
            case WriteOutcome.Unknown u -> {
                lost.add(text);
                isKnown = false;
                yield new Round.NotNow(u.why());
            }
            case WriteOutcome.Refused r -> refused(r.cause());
            case WriteOutcome.SessionGone _ -> new Round.Over(LeaseKeeper.Over.SESSION_GONE);
            case WriteOutcome.TooLarge t -> throw new IllegalStateException(t.toString());
        };
    }

    private Round refused(Cause cause) {
        isKnown = false;
        return switch (cause) {
            case BAD_VERSION ->
                isOurs && lost.isEmpty() ? new Round.Over(LeaseKeeper.Over.TAKEN) : new Round.NotNow("read again");
            case NO_NODE ->
                version.isPresent() ? new Round.Over(LeaseKeeper.Over.DELETED) : new Round.NotNow("no schema");
            case NODE_EXISTS -> new Round.NotNow("read again");
            case NO_AUTH -> new Round.NotNow("not allowed to write " + path);
            case NOT_EMPTY, OTHER -> new Round.NotNow("ZooKeeper refuses " + path + ": " + cause);
        };
    }

    /**
     * Finds the version to replace. What it returns stands in the way of writing. The server catches up first: one that lags
     * would show an older write of ours, or none, as if somebody else had been at work.
     */
    private Optional<Round> settle() throws InterruptedException {
        if (await(znodes.sync()).isEmpty()) {
            return Optional.of(unheard("not connected"));
        }
        return switch (await(znodes.read(path))) {
            case Read.Found<Znode> f -> settle(f.value());
            case Read.Absent<Znode> _ -> {
                if (last.isPresent()) {
                    yield Optional.of(new Round.Over(LeaseKeeper.Over.DELETED));
                }
                version = OptionalInt.empty();
                isKnown = true;
                yield Optional.empty();
            }
            case Read.NotAllowed<Znode> _ -> Optional.of(new Round.NotNow("not allowed to read " + path));
            case Read.Failed<Znode> f -> Optional.of(unheard(f.why()));
        };
    }

    /** Only a write is told that the session is over. */
    private Round unheard(String why) throws InterruptedException {
        return await(znodes.write(List.of(new Write.Check(path, Write.ANY_VERSION))))
                        instanceof WriteOutcome.SessionGone
                ? new Round.Over(LeaseKeeper.Over.SESSION_GONE)
                : new Round.NotNow(why);
    }

    private Optional<Round> settle(Znode found) {
        if (found.ephemeralOwner() != sessionId.getAsLong()) {
            return last.isPresent()
                    ? Optional.of(new Round.Over(LeaseKeeper.Over.TAKEN))
                    : Optional.of(new Round.NotNow("an earlier session of this node is not over yet"));
        }
        if (isOurs && !lost.contains(found.text()) && !last.equals(Optional.of(found.text()))) {
            return Optional.of(new Round.Over(LeaseKeeper.Over.TAKEN));
        }
        // What an earlier process of this session wrote (C4), or we did.
        last = Optional.of(found.text());
        version = OptionalInt.of(found.version());
        isKnown = true;
        return Optional.empty();
    }

    private <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        while (true) {
            try {
                return answer.get(patience.get().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                unanswered.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
