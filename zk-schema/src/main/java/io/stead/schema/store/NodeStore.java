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
 * A node's side: watches what concerns it, and writes its own znodes, which end with its session; one that somebody has deleted
 * meanwhile is made again. {@link #view}, {@link #watchHoldings} and {@link #publish} belong to one thread; everything else is safe on
 * any.
 */
public final class NodeStore implements AutoCloseable {
    private static final Duration READ_AGAIN = Duration.ofSeconds(10);
    /** With the longest names they are half of what a transaction may have. */
    private static final int HOLDINGS_AT_ONCE = 250;

    private final NodeId me;
    private final Incarnation incarnation;
    private final Mirror mirror;
    private final Views views = new Views();
    private final Set<ServiceName> watched = new HashSet<>();
    private Optional<ReportVector> reported = Optional.empty();
    private Optional<Seen> seen = Optional.empty();
    private volatile Said said = Said.NOTHING;

    private record Seen(Image image, NodeView view) {}

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

    /** Says how the node fares; on change only, see {@link #says}. */
    public CompletableFuture<WriteOutcome> say(NodeStatus status) {
        String path = Layout.status(me);
        Image image = mirror.image();
        return mirror.write(List.of(own(image, path, path, Decoding.text(Codecs.NODE_STATUS, status))))
                .thenApply(this::readAgainUnlessCommitted);
    }

    /** Whether that is what stands there of this node, as far as has been read. Asked at every turn, and mostly the same. */
    public boolean says(NodeStatus status) {
        Said last = said;
        if (!last.status().equals(Optional.of(status))) {
            last = new Said(Optional.of(status), Decoding.text(Codecs.NODE_STATUS, status));
            said = last;
        }
        String path = Layout.status(me);
        String text = last.text();
        return mirror.image()
                .at(path, path)
                .filter(this::isOwn)
                .filter(z -> z.text().equals(text))
                .isPresent();
    }

    private record Said(Optional<NodeStatus> status, String text) {
        static final Said NOTHING = new Said(Optional.empty(), "");
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
        NodeView view = seen(image);
        return Optional.of(reported.filter(r -> stands(image, r))
                .map(r -> published(view, r.said()))
                .orElse(view));
    }

    private static NodeView published(NodeView v, NodeReports said) {
        return new NodeView(
                v.me(), v.incarnation(), v.state(), v.services(), v.assignments(), v.holdings(), said, v.unreadable());
    }

    @SuppressWarnings("ReferenceEquality")
    private NodeView seen(Image image) {
        Optional<Seen> before = seen.filter(s -> s.image() == image);
        if (before.isPresent()) {
            return before.get().view();
        }
        Map<String, Znode> all = new HashMap<>();
        image.roots().values().forEach(all::putAll);
        NodeView view = views.node(me, incarnation, all);
        seen = Optional.of(new Seen(image, view));
        return view;
    }

    private boolean stands(Image image, ReportVector vector) {
        String path = Layout.reports(me);
        return image.at(path, path)
                .filter(this::isOwn)
                .filter(z -> z.text().equals(vector.text()))
                .isPresent();
    }

    /**
     * Writes holdings and reports, in one transaction as long as there is room; else holdings come first, and the first
     * transaction that is not committed ends it. A holding {@code ACQUIRING} goes with a check that the assignment is as it was
     * read, with this generation (protocols.md, Taking).
     */
    public CompletableFuture<WriteOutcome> publish(List<Holding> holdings, NodeReports reports) {
        Image image = mirror.image();
        List<List<Write>> transactions = new ArrayList<>();
        for (int from = 0; from == 0 || from < holdings.size(); from += HOLDINGS_AT_ONCE) {
            int to = Math.min(holdings.size(), from + HOLDINGS_AT_ONCE);
            transactions.add(writes(image, holdings.subList(from, to)));
        }
        ReportVector vector = ReportVector.of(reports);
        reported = Optional.of(vector);
        transactions.getLast().add(own(image, Layout.reports(me), Layout.reports(me), vector.text()));
        CompletableFuture<WriteOutcome> outcome = mirror.write(transactions.getFirst());
        for (List<Write> next : transactions.subList(1, transactions.size())) {
            outcome = outcome.thenCompose(before -> before instanceof WriteOutcome.Committed
                    ? mirror.write(next)
                    : CompletableFuture.completedFuture(before));
        }
        return outcome.thenApply(this::readAgainUnlessCommitted);
    }

    private WriteOutcome readAgainUnlessCommitted(WriteOutcome outcome) {
        if (!(outcome instanceof WriteOutcome.Committed)) {
            mirror.refresh();
        }
        return outcome;
    }

    private List<Write> writes(Image image, List<Holding> holdings) {
        List<Write> writes = new ArrayList<>();
        for (Holding holding : holdings) {
            if (holding.state() == HoldingState.ACQUIRING) {
                image.at(Layout.SERVICE_ASSIGNMENTS, Layout.assignment(holding.service()))
                        .ifPresent(z -> writes.add(new Write.Check(z.path(), z.version())));
            }
            writes.add(own(
                    image,
                    Layout.holdings(holding.service()),
                    Layout.holding(holding.service(), me),
                    Decoding.text(Codecs.HOLDING, holding)));
        }
        return writes;
    }

    @Override
    public void close() {
        mirror.close();
    }

    /** What stands there of another session is not written over: making it is refused until it has gone. */
    private Write own(Image image, String root, String path, String text) {
        return image.at(root, path)
                .filter(this::isOwn)
                .<Write>map(z -> new Write.Set(path, text, z.version()))
                .orElseGet(() -> ephemeral(path, text));
    }

    private boolean isOwn(Znode znode) {
        return znode.ephemeralOwner() == incarnation.sessionId();
    }

    private static Write ephemeral(String path, String text) {
        return new Write.Create(path, text, Write.Mode.EPHEMERAL, Access.OWN);
    }
}
