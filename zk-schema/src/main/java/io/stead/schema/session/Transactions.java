package io.stead.schema.session;

import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.WriteOutcome.Cause;
import io.stead.schema.znode.WriteOutcome.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns writes into one ZooKeeper transaction and its answer into an outcome. */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int SEQUENCE_DIGITS = 10;

    private final Session session;
    private final Acls acls;

    Transactions(Session session, Acls acls) {
        this.session = session;
        this.acls = acls;
    }

    CompletableFuture<WriteOutcome> commit(List<Write> writes) {
        Optional<WriteOutcome.TooLarge> tooLarge = Write.beyondBounds(writes);
        if (tooLarge.isPresent()) {
            return CompletableFuture.completedFuture(tooLarge.get());
        }
        CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
        Handle handle = session.handle();
        handle.multi(
                writes.stream().map(this::op).toList(),
                (rc, _, _, results) -> {
                    // On the event thread, where the connection is the one that the answer came over.
                    try {
                        var _ = outcome.complete(outcome(writes, handle, rc, results));
                    } catch (RuntimeException e) {
                        var _ = outcome.completeExceptionally(e);
                    }
                },
                null);
        return outcome;
    }

    private WriteOutcome outcome(List<Write> writes, Handle handle, int rc, @Nullable List<OpResult> results) {
        if (rc == Code.OK.intValue() && results != null) {
            return new WriteOutcome.Committed(written(writes, results), handle.newestZxid(), handle.connection());
        }
        if (results != null) {
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof OpResult.ErrorResult e && isTheCause(e.getErr())) {
                    return refused(i, writes.get(i), Code.get(e.getErr()));
                }
            }
        }
        if (session.state() instanceof SessionState.Gone) {
            return new WriteOutcome.SessionGone();
        }
        return new WriteOutcome.Unknown(Code.get(rc).name());
    }

    /** The steps before the failed one say "ok", those after it "runtime inconsistency". */
    private static boolean isTheCause(int error) {
        return error != Code.OK.intValue() && error != Code.RUNTIMEINCONSISTENCY.intValue();
    }

    private static WriteOutcome refused(int index, Write write, Code code) {
        if (code == Code.SESSIONEXPIRED) {
            return new WriteOutcome.SessionGone();
        }
        Cause cause = switch (code) {
            case BADVERSION -> Cause.BAD_VERSION;
            case NONODE -> Cause.NO_NODE;
            case NODEEXISTS -> Cause.NODE_EXISTS;
            case NOTEMPTY -> Cause.NOT_EMPTY;
            case NOAUTH -> Cause.NO_AUTH;
            default -> {
                LOG.error("write=refused path={} code={}", write.path(), code);
                yield Cause.OTHER;
            }
        };
        return new WriteOutcome.Refused(index, write.path(), cause);
    }

    private static List<Written> written(List<Write> writes, List<OpResult> results) {
        List<Written> written = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            written.add(
                    switch (writes.get(i)) {
                        case Write.Create c -> new Written(made(c, (OpResult.CreateResult) results.get(i)), 0);
                        case Write.Set s ->
                            new Written(
                                    s.path(),
                                    ((OpResult.SetDataResult) results.get(i))
                                            .getStat()
                                            .getVersion());
                        case Write.Delete d -> new Written(d.path(), d.version());
                        case Write.Check c -> new Written(c.path(), c.version());
                    });
        }
        return written;
    }

    /** The client tells the path with its chroot here, though it takes it without: only a sequence's digits are news. */
    private static String made(Write.Create create, OpResult.CreateResult result) {
        String told = result.getPath();
        return create.mode() == Write.Mode.PERSISTENT_SEQUENTIAL
                ? create.path() + told.substring(told.length() - SEQUENCE_DIGITS)
                : create.path();
    }

    private Op op(Write write) {
        return switch (write) {
            case Write.Create c -> Op.create(c.path(), utf8(c.text()), acls.of(c.access()), mode(c.mode()));
            case Write.Set s -> Op.setData(s.path(), utf8(s.text()), s.version());
            case Write.Delete d -> Op.delete(d.path(), d.version());
            case Write.Check c -> Op.check(c.path(), c.version());
        };
    }

    private static CreateMode mode(Write.Mode mode) {
        return switch (mode) {
            case PERSISTENT -> CreateMode.PERSISTENT;
            case EPHEMERAL -> CreateMode.EPHEMERAL;
            case PERSISTENT_SEQUENTIAL -> CreateMode.PERSISTENT_SEQUENTIAL;
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
