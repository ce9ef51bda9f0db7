package io.stead.cli.cluster;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.schema.store.OperatorStore;
import io.stead.schema.store.Snapshot;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** A cluster in ZooKeeper. */
final class StoreCluster implements Cluster {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** For taking back a request that nobody has answered; it is refused by its own date, too. */
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private static final WriteOutcome NO_ANSWER = new WriteOutcome.Unknown("no answer in time");

    private final String name;
    private final String zk;
    private final String author;
    private final Supplier<OperatorStore> stores;
    private final Runnable closing;
    private final Semaphore changes = new Semaphore(0);
    private Optional<OperatorStore> watched = Optional.empty();
    private Optional<Snapshot> last = Optional.empty();

    /**
     * A cluster that was found there.
     *
     * @param stores the store over the session of the moment
     * @param closing ends that session
     */
    StoreCluster(String name, String zk, String author, Supplier<OperatorStore> stores, Runnable closing) {
        this.name = name;
        this.zk = zk;
        this.author = author;
        this.stores = stores;
        this.closing = closing;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ClusterView view(Duration within) {
        Snapshot read = read(OperatorStore::look, within);
        last = Optional.of(read);
        return read.view();
    }

    @Override
    public List<Line> history(long after, Duration within) {
        List<Line> lines = new ArrayList<>();
        read(store -> store.history(after), within)
                .forEach((number, entries) -> entries.forEach(e -> lines.add(new Line(number, e))));
        return lines;
    }

    /** Asks until it is answered. */
    private <T> T read(Function<OperatorStore, CompletableFuture<Read<T>>> question, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            switch (await(question.apply(stores.get()), new Read.Failed<>("no answer in time"), left(end))) {
                case Read.Found<T> found -> {
                    return found.value();
                }
                case Read.NotAllowed<T> _ -> throw notAllowed(zk);
                case Read.Absent<T> _, Read.Failed<T> _ -> {
                    if (left(end).isZero()) {
                        throw silent();
                    }
                    var _ = pause(LOOK_AGAIN);
                }
            }
        }
    }

    @Override
    public void write(Collection<ServiceSpec> specs, Set<ServiceName> gone, Duration within) {
        Snapshot basis = last.orElseThrow(() -> new IllegalStateException("nothing was read yet"));
        settle(await(stores.get().apply(basis, specs, gone, author), NO_ANSWER, within), "the specs");
    }

    @Override
    public Optional<Answer> ask(Request request, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        WriteOutcome asked = await(stores.get().ask(request), NO_ANSWER, within);
        if (!isUnknown(asked)) {
            settle(asked, "the request");
        }
        // If nobody knows whether it was written, its answer will tell.
        while (!left(end).isZero()) {
            Optional<Answer> answer = answer(request, left(end));
            if (answer.isPresent()) {
                return answer;
            }
            // Changed or not: a watch tells of nothing while the connection is down.
            var _ = pause(left(end).compareTo(LOOK_AGAIN) < 0 ? left(end) : LOOK_AGAIN);
        }
        WriteOutcome withdrawn = await(stores.get().withdraw(request.id()), NO_ANSWER, LAST_WORD);
        Optional<Answer> late = answer(request, LAST_WORD);
        if (late.isEmpty() && isUnknown(withdrawn)) {
            settle(withdrawn, "the request");
        }
        return late;
    }

    private Optional<Answer> answer(Request request, Duration within) {
        return await(stores.get().answer(request.id()), Optional.empty(), within);
    }

    @Override
    public boolean pause(Duration atMost) {
        OperatorStore store = stores.get();
        if (!watched.equals(Optional.of(store))) {
            watched = Optional.of(store);
            store.onChange(changes::release);
        }
        try {
            boolean changed = changes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
            // A transaction has many changes: they are one.
            changes.drainPermits();
            return changed;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        closing.run();
    }

    private static boolean isUnknown(WriteOutcome outcome) {
        return outcome instanceof WriteOutcome.Unknown || outcome instanceof WriteOutcome.SessionGone;
    }

    private void settle(WriteOutcome outcome, String what) {
        switch (outcome) {
            case WriteOutcome.Committed _ -> {}
            case WriteOutcome.Refused refused ->
                throw switch (refused.cause()) {
                    case NO_AUTH -> notAllowed(zk);
                    case OTHER ->
                        new CommandFailed(
                                ExitCode.FAILED,
                                "ZooKeeper refuses to write " + refused.path() + ": see its log, a quota may be full");
                    case BAD_VERSION, NO_NODE, NODE_EXISTS, NOT_EMPTY ->
                        new CommandFailed(
                                ExitCode.REFUSED,
                                "somebody else has changed " + what
                                        + " meanwhile, and nothing was written: look again");
                };
            case WriteOutcome.TooLarge large ->
                throw new CommandFailed(
                        ExitCode.REFUSED,
                        "%s is too large: %d bytes, and %d are allowed; write it in parts"
                                .formatted(large.what(), large.bytes(), large.limit()));
            case WriteOutcome.Unknown _, WriteOutcome.SessionGone _ ->
                throw new CommandFailed(
                        ExitCode.UNREACHABLE,
                        "ZooKeeper at " + zk + " was lost while " + what + " was written: it may or may not have been;"
                                + " look before you repeat it");
        }
    }

    private static Duration left(long endNanos) {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** What was answered, or something else where nothing was. */
    private static <T> T await(CompletableFuture<T> answer, T otherwise, Duration within) {
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            return otherwise;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private CommandFailed silent() {
        return new CommandFailed(ExitCode.UNREACHABLE, "ZooKeeper at " + zk + " does not answer: see that it runs");
    }

    static CommandFailed notAllowed(String zk) {
        return new CommandFailed(
                ExitCode.REFUSED,
                "ZooKeeper at " + zk + " does not let us in: name the operator's credentials that `stead init` wrote"
                        + " (--credentials FILE or STEAD_CREDENTIALS)");
    }

    static CommandFailed interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandFailed(ExitCode.FAILED, "interrupted", e);
    }
}
