package io.stead.schema.store;

import io.stead.audit.Entry;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Text;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.spec.ServiceSpec;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Decoded;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** The operator's side: reads once, writes specs and requests, waits for answers. Safe on any thread. */
public final class OperatorStore {
    /** Before the first number of the history. */
    public static final long BEGINNING = -1;

    /** Entries of the history that are asked for at once, where nobody knows how many there are. */
    private static final int AT_ONCE = 8;

    private final Znodes znodes;

    public OperatorStore(Znodes znodes) {
        this.znodes = znodes;
    }

    /** The whole cluster, read now; empty when it can't be, for whatever reason. */
    public CompletableFuture<Optional<Snapshot>> read() {
        return look().thenApply(read ->
                read instanceof Read.Found<Snapshot> found ? Optional.of(found.value()) : Optional.empty());
    }

    /** The whole cluster, read now, or why it can't be: a silent ZooKeeper is asked again, one that refuses is not. */
    public CompletableFuture<Read<Snapshot>> look() {
        List<String> roots = new ArrayList<>(LeaderStore.ROOTS);
        roots.add(Layout.LEADER);
        roots.add(Layout.SPECS);
        roots.remove(Layout.SERVICE_SPECS);
        List<CompletableFuture<Read<Read.Subtree>>> reads =
                roots.stream().map(znodes::subtree).toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> {
                    Map<String, Znode> all = new HashMap<>();
                    for (CompletableFuture<Read<Read.Subtree>> read : reads) {
                        switch (read.join()) {
                            case Read.Found<Read.Subtree> found ->
                                all.putAll(found.value().znodes());
                            case Read.Absent<Read.Subtree> _ -> {}
                            case Read.NotAllowed<Read.Subtree> not -> {
                                return new Read.NotAllowed<>(not.path());
                            }
                            case Read.Failed<Read.Subtree> failed -> {
                                return new Read.Failed<>(failed.why());
                            }
                        }
                    }
                    return new Read.Found<>(new Snapshot(new Views().cluster(all, leader(all)), all));
                });
    }

    /**
     * Writes specs, all or none, unless somebody else has written any since the snapshot: two operators at once are
     * serialised by the version of the specs' root.
     */
    public CompletableFuture<WriteOutcome> apply(
            Snapshot basis, Collection<ServiceSpec> put, Collection<ServiceName> deleted, String author) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Set(
                Layout.SPECS,
                Text.escaped(author),
                basis.at(Layout.SPECS).map(Znode::version).orElse(0)));
        for (ServiceSpec spec : put) {
            String path = Layout.spec(spec.name());
            String text = Decoding.text(Codecs.SERVICE_SPEC, spec);
            writes.add(basis.at(path)
                    .<Write>map(z -> new Write.Set(path, text, z.version()))
                    .orElseGet(() -> new Write.Create(path, text, Write.Mode.PERSISTENT, Access.SPEC)));
        }
        for (ServiceName name : deleted) {
            writes.add(new Write.Delete(
                    Layout.spec(name),
                    basis.at(Layout.spec(name)).map(Znode::version).orElse(0)));
        }
        return znodes.write(writes);
    }

    /** Lays a request before the leader. Its id is random, so that an unknown outcome is settled by reading. */
    public CompletableFuture<WriteOutcome> ask(Request request) {
        return znodes.write(List.of(new Write.Create(
                Layout.request(request.id()),
                Decoding.text(Codecs.REQUEST, request),
                Write.Mode.PERSISTENT,
                Access.REQUEST)));
    }

    /** The answer to a request, if it has been given. */
    public CompletableFuture<Optional<Answer>> answer(String requestId) {
        return znodes.read(Layout.answer(requestId))
                .thenApply(read -> read instanceof Read.Found<Znode> found
                                && Decoding.decode(
                                                Codecs.ANSWER,
                                                found.value().path(),
                                                found.value().text())
                                        instanceof Decoded.Parsed<Answer> parsed
                        ? Optional.of(parsed.value())
                        : Optional.empty());
    }

    /** Takes a request back that nobody has answered. */
    public CompletableFuture<WriteOutcome> withdraw(String requestId) {
        return znodes.write(List.of(new Write.Delete(Layout.request(requestId), Write.ANY_VERSION)));
    }

    /** Calls at every change of answers, assignments, nodes and history, and after each connect, to look again. */
    public void onChange(Runnable signal) {
        Znodes.Watch watch = (path, deleted, zxid) -> signal.run();
        Runnable begin = () -> {
            for (String root : List.of(
                    Layout.ANSWERS, Layout.SERVICE_ASSIGNMENTS, Layout.TRANSITIONS, Layout.OVERRIDES, Layout.HISTORY)) {
                var _ = znodes.watch(root, watch);
            }
            // What happened while the connection was down is never told.
            signal.run();
        };
        znodes.onConnect(begin);
        begin.run();
    }

    /** The whole history by number, oldest first; exceptional when it can't be read. */
    public CompletableFuture<SortedMap<Long, List<Entry>>> history() {
        return history(BEGINNING).thenApply(read -> {
            if (read instanceof Read.Found<SortedMap<Long, List<Entry>>> found) {
                return found.value();
            }
            throw new IllegalStateException("the history can't be read: " + read);
        });
    }

    /**
     * What came after a number of the history, oldest first; a znode that can't be understood has no entries. ZooKeeper
     * numbers the children of a parent without a gap, so that only what is new is asked for, by its name.
     *
     * @param after {@link #BEGINNING}, or the last number that is known
     */
    public CompletableFuture<Read<SortedMap<Long, List<Entry>>>> history(long after) {
        return after == BEGINNING ? wholeHistory(after) : nextOfHistory(after, new TreeMap<>());
    }

    private CompletableFuture<Read<SortedMap<Long, List<Entry>>>> wholeHistory(long after) {
        return znodes.subtree(Layout.HISTORY).thenApply(read -> switch (read) {
            case Read.Found<Read.Subtree> found -> {
                SortedMap<Long, List<Entry>> history = new TreeMap<>();
                for (Znode znode : found.value().znodes().values()) {
                    if (!znode.path().equals(Layout.HISTORY) && number(znode) > after) {
                        history.put(number(znode), entries(znode));
                    }
                }
                yield new Read.Found<>(history);
            }
            case Read.Absent<Read.Subtree> _ -> new Read.Found<>(new TreeMap<>());
            case Read.NotAllowed<Read.Subtree> not -> new Read.NotAllowed<>(not.path());
            case Read.Failed<Read.Subtree> failed -> new Read.Failed<>(failed.why());
        });
    }

    /** The known one is asked for, too: if it has been trimmed, so may have been those that follow it. */
    private CompletableFuture<Read<SortedMap<Long, List<Entry>>>> nextOfHistory(
            long known, SortedMap<Long, List<Entry>> found) {
        List<CompletableFuture<Read<Znode>>> reads = LongStream.rangeClosed(known, known + AT_ONCE)
                .mapToObj(number -> znodes.read(Layout.historyEntry() + "%010d".formatted(number)))
                .toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                .thenCompose(_ -> {
                    if (reads.getFirst().join() instanceof Read.Absent<Znode>) {
                        return wholeHistory(found.isEmpty() ? known : found.firstKey() - 1);
                    }
                    for (CompletableFuture<Read<Znode>> read : reads.subList(1, reads.size())) {
                        switch (read.join()) {
                            case Read.Found<Znode> one -> found.put(number(one.value()), entries(one.value()));
                            case Read.Absent<Znode> _ -> {
                                return CompletableFuture.completedFuture(new Read.Found<>(found));
                            }
                            case Read.NotAllowed<Znode> not -> {
                                return CompletableFuture.completedFuture(new Read.NotAllowed<>(not.path()));
                            }
                            case Read.Failed<Znode> failed -> {
                                return CompletableFuture.completedFuture(new Read.Failed<>(failed.why()));
                            }
                        }
                    }
                    return nextOfHistory(known + AT_ONCE, found);
                });
    }

    private static long number(Znode znode) {
        return Long.parseLong(Layout.name(znode.path()));
    }

    private static List<Entry> entries(Znode znode) {
        return Decoding.decode(Codecs.HISTORY, znode.path(), znode.text()) instanceof Decoded.Parsed<List<Entry>> parsed
                ? parsed.value()
                : List.of();
    }

    /** Curator's latch: the child with the lowest number leads, and its data is the node's name. */
    private static Optional<NodeId> leader(Map<String, Znode> znodes) {
        return znodes.values().stream()
                .filter(z -> Layout.parent(z.path()).equals(Layout.LEADER) && z.isEphemeral())
                .min(Comparator.comparing(z -> z.path().substring(z.path().lastIndexOf('-') + 1)))
                .flatMap(z -> node(z.text()));
    }

    private static Optional<NodeId> node(String text) {
        try {
            return Optional.of(new NodeId(text));
        } catch (IllegalArgumentException e) {
            // Not an agent of ours: whoever leads is not known.
            return Optional.empty();
        }
    }
}
