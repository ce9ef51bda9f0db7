package io.stead.cli.cluster;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.schema.session.Session;
import io.stead.schema.store.OperatorStore;
import io.stead.schema.store.Snapshot;
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

/** A cluster in ZooKeeper, over one session. */
final class StoreCluster implements Cluster {
    /** One read or write takes milliseconds; the session tells sooner than this when it can't. */
    private static final Duration ONE_ANSWER = Duration.ofSeconds(15);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final String name;
    private final String zk;
    private final String author;
    private final Session session;
    private final OperatorStore store;
    private final Semaphore changes = new Semaphore(0);
    private boolean watching;
    private Optional<Snapshot> last = Optional.empty();

    StoreCluster(String name, String zk, String author, Session session) {
        this.name = name;
        this.zk = zk;
        this.author = author;
        this.session = session;
        this.store = new OperatorStore(session.znodes());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ClusterView view() {
        Snapshot read = await(store.read()).orElseThrow(this::silent);
        last = Optional.of(read);
        return read.view();
    }

    @Override
    public void write(Collection<ServiceSpec> specs, Set<ServiceName> gone) {
        Snapshot basis = last.orElseThrow(() -> new IllegalStateException("nothing was read yet"));
        settle(await(store.apply(basis, specs, gone, author)), "the specs");
    }

    @Override
    public Optional<Answer> ask(Request request, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        settle(await(store.ask(request)), "the request");
        while (true) {
            Optional<Answer> answer = await(store.answer(request.id()));
            long left = end - System.nanoTime();
            if (answer.isPresent()) {
                return answer;
            }
            if (left <= 0) {
                // Refused by its own date, too, if it is met in spite of this.
                var _ = await(store.withdraw(request.id()));
                return await(store.answer(request.id()));
            }
            // Changed or not: a watch tells of nothing while the connection is down.
            var _ = pause(Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
        }
    }

    @Override
    public List<Line> history(long after) {
        List<Line> lines = new ArrayList<>();
        await(store.history()).forEach((sequence, entries) -> {
            long number = Long.parseLong(sequence);
            if (number > after) {
                entries.forEach(e -> lines.add(new Line(number, e)));
            }
        });
        return lines;
    }

    @Override
    public boolean pause(Duration atMost) {
        if (!watching) {
            store.onChange(changes::release);
            watching = true;
            return true;
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
        session.close();
    }

    private void settle(WriteOutcome outcome, String what) {
        switch (outcome) {
            case WriteOutcome.Committed _ -> {}
            case WriteOutcome.Refused refused ->
                throw switch (refused.cause()) {
                    case NO_AUTH -> notAllowed(zk);
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

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(ONE_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailed(ExitCode.UNREACHABLE, "ZooKeeper at " + zk + " does not answer", e);
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
