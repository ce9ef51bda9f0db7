package io.stead.schema.store;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Member;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.view.NodeView;
import io.stead.schema.codec.Codecs;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Image;
import io.stead.schema.znode.Mirror;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A node's side: watches what concerns it, and writes its own znodes, which end with its session. {@link #view} and {@link
 * #watchHoldings} belong to one thread; everything else is safe on any.
 */
public final class NodeStore implements AutoCloseable {
    private static final Duration READ_AGAIN = Duration.ofSeconds(10);

    private final NodeId me;
    private final Incarnation incarnation;
    private final Mirror mirror;
    private final Views views = new Views();
    private final Set<ServiceName> watched = new HashSet<>();

    /** @param signal that something of concern has changed; it must not block */
    public NodeStore(NodeId me, Incarnation incarnation, Znodes znodes, long newestZxid, Runnable signal) {
        this.me = me;
        this.incarnation = incarnation;
        this.mirror = new Mirror(znodes, READ_AGAIN, newestZxid, signal);
        for (String root : List.of(
                Layout.SERVICE_SPECS,
                Layout.SERVICE_ASSIGNMENTS,
                Layout.TRANSITIONS,
                Layout.member(me),
                Layout.status(me),
                Layout.reports(me))) {
            mirror.add(root);
        }
        mirror.start();
    }

    /**
     * Makes the node a member. Each znode is settled for itself, so that a repeated call, or one on a resumed session, does no
     * harm: what stands there under this session is the node's own.
     *
     * @return whether it is one now; not, while another session is
     */
    public CompletableFuture<WriteOutcome> enlist(Member member, NodeStatus status) {
        List<Write> writes = List.of(
                ephemeral(Layout.member(me), Decoding.text(Codecs.MEMBER, member)),
                ephemeral(Layout.status(me), Decoding.text(Codecs.NODE_STATUS, status)),
                ephemeral(
                        Layout.reports(me),
                        Decoding.text(Codecs.NODE_REPORTS, new NodeReports(me, incarnation, List.of()))));
        return mirror.write(writes);
    }

    /** The session whose member stands there now, if any has been seen. */
    public Optional<Incarnation> enlisted() {
        return mirror.image().at(Layout.member(me), Layout.member(me)).map(z -> new Incarnation(z.ephemeralOwner()));
    }

    /** Whether all that is watched has been read. */
    public boolean isComplete() {
        return mirror.image().complete();
    }

    /** Says how the node fares; on change only. */
    public CompletableFuture<WriteOutcome> say(NodeStatus status) {
        return mirror.write(List.of(
                new Write.Set(Layout.status(me), Decoding.text(Codecs.NODE_STATUS, status), Write.ANY_VERSION)));
    }

    /** Sees to it that the view has everybody's holdings of these services, and of no others. */
    public void watchHoldings(Set<ServiceName> services) {
        for (ServiceName service : services) {
            if (watched.add(service)) {
                mirror.add(Layout.holdings(service));
            }
        }
        for (ServiceName service : Set.copyOf(watched)) {
            if (!services.contains(service)) {
                watched.remove(service);
                mirror.remove(Layout.holdings(service));
            }
        }
    }

    /** What concerns the node, as far as it has been read; empty until the first reading is whole. */
    public Optional<NodeView> view() {
        Image image = mirror.image();
        if (!image.has(Layout.SERVICE_ASSIGNMENTS)
                || !image.has(Layout.SERVICE_SPECS)
                || !image.has(Layout.TRANSITIONS)
                || !image.has(Layout.reports(me))) {
            return Optional.empty();
        }
        Map<String, Znode> all = new HashMap<>();
        image.roots().values().forEach(all::putAll);
        return Optional.of(views.node(me, incarnation, all));
    }

    /**
     * Writes holdings and reports in one transaction. A holding {@code ACQUIRING} goes with a check that the assignment is as
     * it was read, with this generation (protocols.md, Taking).
     */
    public CompletableFuture<WriteOutcome> publish(List<Holding> holdings, NodeReports reports) {
        Image image = mirror.image();
        List<Write> writes = new ArrayList<>();
        for (Holding holding : holdings) {
            if (holding.state() == HoldingState.ACQUIRING) {
                image.at(Layout.SERVICE_ASSIGNMENTS, Layout.assignment(holding.service()))
                        .ifPresent(z -> writes.add(new Write.Check(z.path(), z.version())));
            }
            String path = Layout.holding(holding.service(), me);
            writes.add(own(
                    image.at(Layout.holdings(holding.service()), path), path, Decoding.text(Codecs.HOLDING, holding)));
        }
        writes.add(new Write.Set(Layout.reports(me), Decoding.text(Codecs.NODE_REPORTS, reports), Write.ANY_VERSION));
        return mirror.write(writes).thenApply(outcome -> {
            if (!(outcome instanceof WriteOutcome.Committed)) {
                mirror.refresh();
            }
            return outcome;
        });
    }

    @Override
    public void close() {
        mirror.close();
    }

    private static Write own(Optional<Znode> before, String path, String text) {
        return before.isPresent() ? new Write.Set(path, text, before.get().version()) : ephemeral(path, text);
    }

    private static Write ephemeral(String path, String text) {
        return new Write.Create(path, text, Write.Mode.EPHEMERAL, Access.OWN);
    }
}
