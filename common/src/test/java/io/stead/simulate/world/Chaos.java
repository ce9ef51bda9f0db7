package io.stead.simulate.world;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.testing.SpecBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What befalls a cluster: hosts, cables, agents, leaders, operators and their specs, as the seed will have it. */
final class Chaos {
    private final World world;
    private final Chances chances;
    private final List<Host> hosts;
    private final List<String> services = List.of("a", "b", "c", "d");
    private int requests;

    Chaos(World world) {
        this.world = world;
        this.chances = world.chances();
        this.hosts = new ArrayList<>(world.hosts());
    }

    /** Lets something happen, and again a while later, until the faults are over. */
    void rage() {
        if (chances.isCalm()) {
            return;
        }
        switch (chances.pick(22)) {
            case 0, 1 -> crash(host());
            case 2, 3 -> stall(host());
            case 4, 5 -> cut(host());
            case 6, 7 -> restartAgent(host());
            case 8 -> world.elect();
            case 9 -> shutDown(host());
            case 10 -> host().lose(service());
            case 11, 12 -> applyOrDelete();
            case 13 -> status(host());
            case 14 -> host().fail(service());
            case 15 -> unguard(host());
            default -> wish();
        }
        world.timeline().in(chances.oneIn(3) ? chances.between(0, 50) : chances.between(50, 4_000), this::rage);
    }

    private Host host() {
        return hosts.get(chances.pick(hosts.size()));
    }

    private ServiceName service() {
        return new ServiceName(services.get(chances.pick(services.size())));
    }

    private void crash(Host host) {
        host.powerOff();
        world.timeline().in(chances.between(100, 20_000), host::powerOn);
    }

    private void stall(Host host) {
        host.stall(true);
        world.timeline().in(chances.between(50, 6_000), () -> host.stall(false));
    }

    private void unguard(Host host) {
        host.guard(false);
        world.timeline().in(chances.between(50, 8_000), () -> host.guard(true));
    }

    private void cut(Host host) {
        host.cut(true);
        world.timeline().in(chances.between(50, 8_000), () -> host.cut(false));
    }

    private void restartAgent(Host host) {
        host.killAgent();
        world.timeline().in(chances.between(50, 4_000), host::startAgent);
    }

    private void shutDown(Host host) {
        host.leave();
        world.timeline().in(chances.between(5_000, 40_000), () -> {
            host.powerOff();
            world.timeline().in(chances.between(100, 3_000), host::powerOn);
        });
    }

    private void status(Host host) {
        host.session()
                .ifPresent(s -> host.say(new NodeStatus(
                        host.node(), s.incarnation, !chances.oneIn(3), 10 * chances.pick(4), host.isLeaving())));
    }

    /** After the faults: everything is mended, and nothing fails any more. */
    void mend() {
        chances.calmDown();
        for (Host host : hosts) {
            host.powerOn();
            host.startAgent();
            host.stall(false);
            host.cut(false);
            host.guard(true);
        }
        world.timeline().in(Duration.ofSeconds(5), this::heal);
    }

    private void heal() {
        for (Host host : hosts) {
            host.session()
                    .ifPresent(s -> host.say(new NodeStatus(host.node(), s.incarnation, true, 0, host.isLeaving())));
            ask(new Wish.Resume(host.node()));
        }
        tendToWhatIsStuck();
    }

    /** An operator who reads the status, and does what it says. */
    private void tendToWhatIsStuck() {
        for (ServiceAssignment assignment : new TreeMap<>(world.facts().view().assignments()).values()) {
            assignment.owners().stream().filter(this::needsClearing).forEach(o -> clear(assignment.service(), o));
            if (!assignment.failures().isEmpty()) {
                ask(new Wish.Clear(assignment.service(), Optional.empty(), false));
            }
        }
        for (Host host : hosts) {
            host.powerOn();
            if (world.facts().view().membership().phase(host.node()) == MemberPhase.INACTIVE) {
                ask(new Wish.Join(host.node()));
            }
        }
        world.timeline().in(Duration.ofSeconds(7), this::tendToWhatIsStuck);
    }

    private boolean needsClearing(Owner owner) {
        boolean lost = owner.recovery()
                .filter(r -> r.runner().isEmpty() && !r.failedOn().isEmpty())
                .isPresent();
        return lost || owner.stopping().isPresent();
    }

    private void clear(ServiceName service, Owner owner) {
        boolean stopped = !world.host(owner.node()).processes().has(service);
        ask(new Wish.Clear(service, Optional.of(owner.node()), stopped));
    }

    // ---- operators

    private void wish() {
        NodeId node = host().node();
        ServiceName service = service();
        ask(
                switch (chances.pick(16)) {
                    case 0 -> new Wish.Register(service, Optional.empty(), false);
                    case 1 -> new Wish.Register(service, Optional.of(node), false);
                    case 2 -> new Wish.Deregister(service);
                    case 3 -> new Wish.Transfer(service, Optional.empty());
                    case 4, 5 -> new Wish.Transfer(service, Optional.of(node));
                    case 6 -> new Wish.Quiesce(node);
                    case 7 -> new Wish.Drain(node);
                    case 8, 9 -> new Wish.Resume(node);
                    case 10 -> chances.oneIn(2) ? new Wish.Leave(node, true) : new Wish.Join(node);
                    case 11 -> new Wish.ForceLeave(node);
                    case 12 -> new Wish.DeleteNode(node);
                    case 13 -> new Wish.Restart(service, chances.oneIn(2) ? Optional.empty() : Optional.of(node));
                    default -> clearByHand(service);
                });
    }

    /** An operator who has lost patience with a stop that is at work; one that can't be ended he would have seen. */
    private Wish clearByHand(ServiceName service) {
        boolean confirms = world.hosts().stream().noneMatch(h -> h.isStuck(service));
        if (confirms) {
            world.confirm(service);
        }
        return new Wish.Clear(service, Optional.empty(), confirms);
    }

    /** A request may be lost, and is made again then; or it only seems to be. */
    private void ask(Wish wish) {
        Request request = new Request(
                "r" + ++requests,
                wish,
                "ann",
                "",
                Optional.empty(),
                world.timeline().now().wall().plusSeconds(60),
                Optional.empty());
        world.trace().say("ann", "asks " + wish);
        if (!chances.fault(6)) {
            put(request);
        }
        if (chances.oneIn(6)) {
            world.timeline().in(chances.between(5, 3_000), () -> put(request));
        }
    }

    private void put(Request request) {
        if (world.facts().view().requests().stream().noneMatch(r -> r.id().equals(request.id()))) {
            world.facts().ask(request);
            world.changed();
        }
    }

    // ---- specs

    void applyAll() {
        services.forEach(s -> world.facts().apply(spec(s)));
        world.changed();
    }

    private void applyOrDelete() {
        String name = services.get(chances.pick(services.size()));
        if (chances.oneIn(4)) {
            world.trace().say("ann", "deletes " + name);
            world.facts().delete(new ServiceName(name));
        } else {
            ServiceSpec spec = spec(name);
            world.trace().say("ann", "applies " + name, () -> " " + spec);
            world.facts().apply(spec);
        }
        world.changed();
    }

    private ServiceSpec spec(String name) {
        SpecBuilder spec = SpecBuilder.service(name);
        if (chances.oneIn(2)) {
            spec.recovery();
        }
        if (chances.oneIn(3)) {
            spec.notifies();
        }
        if (chances.oneIn(6)) {
            spec.without(Verb.STOP);
        }
        int at = services.indexOf(name);
        if (at > 0 && chances.oneIn(3)) {
            return (chances.oneIn(3) ? spec.critical() : spec)
                    .parent(services.get(at - 1))
                    .spec();
        }
        if (chances.oneIn(4)) {
            int restarts = chances.pick(3);
            spec.failures(restarts, chances.oneIn(2) ? Optional.of(restarts + 1 + chances.pick(2)) : Optional.empty());
        }
        if (chances.oneIn(8)) {
            spec.stopGrace(Duration.ofSeconds(3));
        }
        if (chances.oneIn(4)) {
            spec.allow("n1", "n2");
        }
        if (chances.oneIn(6)) {
            spec.deny(host().node().value());
        }
        if (chances.oneIn(2)) {
            String first = host().node().value();
            String second = host().node().value();
            spec = chances.oneIn(2) ? spec.ranked(first, second) : spec.unranked(first);
        }
        if (chances.oneIn(4)) {
            spec.freeTransfer();
        }
        if (chances.oneIn(5)) {
            spec.onAll();
        }
        if (chances.oneIn(6)) {
            spec.manual();
        }
        return (chances.oneIn(5) ? spec.matureAt(2, Duration.ofSeconds(10)) : spec).spec();
    }
}
