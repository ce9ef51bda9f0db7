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

/** The operator's side: reads once, writes specs and requests, waits for answers. Safe on any thread. */
public final class OperatorStore {
    private final Znodes znodes;

    public OperatorStore(Znodes znodes) {
        this.znodes = znodes;
    }

    /** The whole cluster, read now; empty when ZooKeeper does not answer. */
    public CompletableFuture<Optional<Snapshot>> read() {
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
                            case Read.NotAllowed<Read.Subtree> _ -> {
                                return Optional.empty();
                            }
                            case Read.Failed<Read.Subtree> _ -> {
                                return Optional.empty();
                            }
                        }
                    }
                    return Optional.of(new Snapshot(new Views().cluster(all, leader(all)), all));
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

    /** Calls at every change of requests, answers, assignments and members, to look again. */
    public void onChange(Runnable signal) {
        for (String root : List.of(
                Layout.ANSWERS, Layout.SERVICE_ASSIGNMENTS, Layout.TRANSITIONS, Layout.OVERRIDES, Layout.HISTORY)) {
            var _ = znodes.watch(root, (path, deleted, zxid) -> signal.run());
        }
        // What happened while the connection was down is never told.
        znodes.onConnect(signal);
    }

    /** The history by sequence number, oldest first; what can't be read is left out. */
    public CompletableFuture<SortedMap<String, List<Entry>>> history() {
        return znodes.subtree(Layout.HISTORY).thenApply(read -> {
            SortedMap<String, List<Entry>> history = new TreeMap<>();
            if (read instanceof Read.Found<Read.Subtree> found) {
                for (Znode znode : found.value().znodes().values()) {
                    if (!znode.path().equals(Layout.HISTORY)
                            && Decoding.decode(Codecs.HISTORY, znode.path(), znode.text())
                                    instanceof Decoded.Parsed<List<Entry>> parsed) {
                        history.put(Layout.name(znode.path()), parsed.value());
                    }
                }
            }
            return history;
        });
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
