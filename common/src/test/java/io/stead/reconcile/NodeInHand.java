package io.stead.reconcile;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.service.Stopping;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.NodeView;
import io.stead.model.view.Unreadable;
import io.stead.testing.SpecBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The node n1 in the hands of a test: facts are said to it, and what it does is asked. */
final class NodeInHand {
    static final NodeId ME = new NodeId("n1");
    static final NodeId OTHER = new NodeId("n2");
    static final Incarnation LIFE = new Incarnation(7);
    private static final Instant WALL = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<ServiceName, ServiceSpec> services = new HashMap<>();
    private final Map<ServiceName, ServiceAssignment> assignments = new HashMap<>();
    private final Map<ServiceName, List<Holding>> holdings = new HashMap<>();
    private MemberPhase phase = MemberPhase.JOINED;
    private NodeReports published = new NodeReports(ME, LIFE, List.of());
    private List<Unreadable> unreadable = List.of();
    private LocalState local = LocalState.EMPTY;
    private Duration unguarded = Duration.ZERO;
    private Duration leaseLeft = Duration.ofSeconds(2);

    static ServiceName name(String service) {
        return new ServiceName(service);
    }

    /** An owner of the service as it is given charge: not started. */
    static Owner owner(ServiceSpec spec, NodeId node, Incarnation incarnation, long generation) {
        return new Owner(
                node,
                incarnation,
                generation,
                spec.actions(),
                spec.parent(),
                spec.placement().policy() == io.stead.model.spec.Policy.ONE,
                spec.stopGrace(),
                WALL,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    NodeInHand assigned(SpecBuilder builder, long generation) {
        ServiceSpec spec = builder.spec();
        return assigned(spec, owner(spec, ME, LIFE, generation));
    }

    NodeInHand assigned(ServiceSpec spec, Owner owner) {
        services.put(spec.name(), spec);
        assignments.put(
                spec.name(), io.stead.model.service.Assignments.add(ServiceAssignment.unassigned(spec.name()), owner));
        holdings.computeIfAbsent(spec.name(), k -> new ArrayList<>());
        return this;
    }

    NodeInHand registered(String service) {
        return owners(service, o -> o.withStarted(WALL));
    }

    NodeInHand toStop(String service) {
        return owners(service, o -> o.withStopping(new Stopping(StopCause.TRANSFER, WALL, "")));
    }

    NodeInHand recovering(String service, NodeId runner, long generation) {
        return owners(
                service, o -> o.withRecovery(Recovery.owed(WALL).runBy(new Recovery.Runner(runner, LIFE, generation))));
    }

    private NodeInHand owners(String service, java.util.function.UnaryOperator<Owner> change) {
        assignments.computeIfPresent(
                name(service),
                (s, a) -> io.stead.model.service.Assignments.owners(
                        a, a.owners().stream().map(change).toList()));
        return this;
    }

    NodeInHand unassigned(String service) {
        assignments.put(name(service), ServiceAssignment.unassigned(name(service)));
        return this;
    }

    NodeInHand holds(String service, NodeId node, long generation, HoldingState state) {
        List<Holding> all = holdings.computeIfAbsent(name(service), k -> new ArrayList<>());
        all.removeIf(h -> h.node().equals(node));
        all.add(new Holding(name(service), node, LIFE, generation, state));
        return this;
    }

    NodeInHand phase(MemberPhase next) {
        phase = next;
        return this;
    }

    NodeInHand leaseLeft(Duration left) {
        leaseLeft = left;
        return this;
    }

    NodeInHand blurred(String service) {
        assignments.remove(name(service));
        unreadable = List.of(new Unreadable("/assignments/services/" + service, "no JSON", Optional.of(name(service))));
        return this;
    }

    NodeInHand unreadableHolding(String service) {
        unreadable = List.of(new Unreadable("/holdings/" + service + "/n2", "no JSON", Optional.of(name(service))));
        return this;
    }

    NodeInHand readable() {
        unreadable = List.of();
        return this;
    }

    /** What it says now arrives. */
    void publishes() {
        for (Effect effect : reconcile().effects()) {
            if (effect instanceof Effect.Publish publish) {
                published = publish.reports();
                local = local.begun(effect).ended(effect, Result.DONE);
            }
        }
    }

    NodeInHand local(LocalState next) {
        local = next;
        return this;
    }

    LocalState local() {
        return local;
    }

    NodeView view() {
        return new NodeView(
                ME,
                LIFE,
                Optional.of(new MemberState(ME, LIFE, phase, 0, WALL, "")),
                services,
                assignments,
                holdings,
                published,
                unreadable);
    }

    /** What it does now, but for what it says; it is taken note of as begun. */
    List<Effect> does() {
        List<Effect> deeds = reconcile().effects().stream()
                .filter(e -> !(e instanceof Effect.Publish))
                .toList();
        deeds.forEach(e -> local = local.begun(e));
        return deeds;
    }

    List<String> acts() {
        return does().stream().map(NodeInHand::word).toList();
    }

    /** What it says of what it holds and how verbs ended. */
    List<String> says() {
        List<String> said = new ArrayList<>();
        for (Effect effect : reconcile().effects()) {
            if (effect instanceof Effect.Publish publish) {
                publish.holdings().forEach(h -> said.add(h.service() + " " + h.state() + " " + h.generation()));
                publish.reports()
                        .reports()
                        .forEach(
                                r -> said.add(r.service() + " " + r.verb() + " " + r.outcome() + " " + r.generation()));
            }
        }
        return said;
    }

    Work reconcile() {
        Now now = new Now(WALL, 1_000);
        return Reconciler.reconcile(
                view(),
                local,
                new Lease(
                        1_000 + leaseLeft.toNanos(),
                        1_000 + leaseLeft.plus(unguarded).toNanos(),
                        Duration.ofMillis(600)),
                now);
    }

    /** The session lasts so much longer than the lease, which is cut short. */
    NodeInHand unguarded(Duration longer) {
        unguarded = longer;
        return this;
    }

    NodeInHand ended(Effect effect, Result result) {
        local = local.ended(effect, result);
        return this;
    }

    private static String word(Effect effect) {
        return switch (effect) {
            case Effect.Publish _ -> "publish";
            case Effect.Start e -> "start " + e.run().service();
            case Effect.Stop e -> "stop " + e.run().service();
            case Effect.Kill e -> "kill " + e.run().service();
            case Effect.Adopt e -> "adopt " + e.run().service();
            case Effect.Forget e -> "forget " + e.run().service();
            case Effect.Notify e -> "notify " + e.service();
            case Effect.Recover e -> "recover " + e.service();
            case Effect.EndSession _ -> "end session";
        };
    }
}
