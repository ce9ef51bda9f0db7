package io.stead.it.cluster;

import static org.awaitility.Awaitility.await;

import io.stead.cli.cluster.Outlook;
import io.stead.cli.render.Printer;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.service.HoldingState;
import io.stead.model.service.Phase;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.view.ClusterView;
import io.stead.schema.install.CredentialsFile;
import io.stead.schema.session.Session;
import io.stead.schema.store.OperatorStore;
import io.stead.schema.store.Snapshot;
import io.stead.schema.znode.WriteOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Waits for what the store says, and clears up between tests, without a process for each look. What a test is about, it does and
 * sees by the operator's commands.
 */
final class Housekeeper implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Session session;
    private final OperatorStore store;

    Housekeeper(String connect, Path credentials) {
        try {
            this.session = Session.open(new Session.Settings(
                    connect, Duration.ofSeconds(10), CredentialsFile.read(credentials), Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.store = new OperatorStore(session.znodes());
    }

    /** The nodes that have joined and are present. */
    Set<String> joined() {
        return read().map(s -> joined(s.view())).orElse(Set.of());
    }

    private static Set<String> joined(ClusterView view) {
        return view.members().values().stream()
                .filter(m -> view.membership().isJoined(m.node(), m.incarnation()))
                .map(m -> m.node().value())
                .collect(Collectors.toSet());
    }

    /** What {@code stead status -o json} would show, made by the same code without a process for it; empty if unreadable. */
    Optional<Status> shown() {
        return read().map(s -> {
            Now now = new Now(Clock.systemUTC().instant(), System.nanoTime());
            StringWriter text = new StringWriter();
            Printer.line(
                    new io.stead.cli.status.Status("test", Outlook.of(s.view(), now)).tree(),
                    new PrintWriter(text, true));
            return new Status(new JsonMapper().readTree(text.toString()));
        });
    }

    /** Waits until every service is registered, and no node says that it has one whose owner it is not. */
    void awaitSettled(List<Play> plays) {
        await("settled: " + plays.stream().map(Play::name).toList())
                .atMost(PATIENCE)
                .pollInterval(PAUSE)
                .until(() -> read().map(s -> plays.stream().allMatch(p -> isSettled(s.view(), p)))
                        .orElse(false));
    }

    private static boolean isSettled(ClusterView view, Play play) {
        List<String> registered = registered(view, play);
        List<String> held = view.holdings().getOrDefault(new ServiceName(play.name()), List.of()).stream()
                .filter(h -> h.state() != HoldingState.FREE)
                .map(h -> h.state() == HoldingState.ONLINE ? h.node().value() : "busy")
                .toList();
        return !registered.isEmpty() && held.equals(registered);
    }

    /** Where a service is registered, while nobody means to move it. */
    private static List<String> registered(ClusterView view, Play play) {
        ServiceAssignment assignment = view.assignment(new ServiceName(play.name()));
        return assignment.transfer().isPresent()
                ? List.of()
                : assignment.owners().stream()
                        .filter(o ->
                                Phase.of(o, owner -> view.lives(owner.node(), owner.incarnation())) == Phase.REGISTERED)
                        .map(o -> o.node().value())
                        .toList();
    }

    /** The node that leads, once there is one that lives and is not this. */
    String leaderOtherThan(String node) {
        return await("a leader other than " + node)
                .atMost(PATIENCE)
                .pollInterval(PAUSE)
                .until(
                        () -> read().map(Snapshot::view)
                                .flatMap(v -> v.leader().filter(l -> v.members().containsKey(l)))
                                .map(NodeId::value)
                                .orElse(node),
                        leader -> !leader.equals(node) && !leader.isEmpty());
    }

    /** Takes services away, and waits until nothing of them is left. */
    void delete(List<Play> plays) {
        Set<ServiceName> names =
                plays.stream().map(p -> new ServiceName(p.name())).collect(Collectors.toSet());
        await("deletion of " + names).atMost(PATIENCE).pollInterval(PAUSE).until(() -> {
            Optional<Snapshot> read = read();
            return read.isPresent() && (isGone(read.get().view(), names) || isDeleted(read.get(), names));
        });
        await("the end of " + names)
                .atMost(PATIENCE)
                .pollInterval(PAUSE)
                .until(() -> read().map(s -> isGone(s.view(), names)
                                && names.stream()
                                        .allMatch(n ->
                                                s.view().assignment(n).owners().isEmpty()))
                        .orElse(false));
    }

    private boolean isDeleted(Snapshot read, Set<ServiceName> names) {
        Set<ServiceName> there =
                names.stream().filter(read.view().services()::containsKey).collect(Collectors.toSet());
        return store.apply(read, List.of(), there, "housekeeper").join() instanceof WriteOutcome.Committed;
    }

    private static boolean isGone(ClusterView view, Set<ServiceName> names) {
        return names.stream().noneMatch(view.services()::containsKey);
    }

    private Optional<Snapshot> read() {
        return store.read().join();
    }

    @Override
    public void close() {
        session.close();
    }
}
