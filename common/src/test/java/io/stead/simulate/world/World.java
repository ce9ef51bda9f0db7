package io.stead.simulate.world;

import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.view.ClusterView;
import io.stead.simulate.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The store, its history, the hosts around it, and who leads. */
final class World {
    private final Timeline timeline = new Timeline();
    private final Facts facts = new Facts(ClusterView.EMPTY);
    private final List<ClusterView> history = new ArrayList<>(List.of(ClusterView.EMPTY));
    private final Map<NodeId, Host> hosts = new TreeMap<>();
    private final Chances chances;
    private final Trace trace;
    private final Invariants invariants;
    private @Nullable Duration steadySight;
    private @Nullable Lead lead;
    private boolean electing;
    private long sessions;
    private final Set<ServiceName> confirmed = new HashSet<>();

    World(Chances chances, boolean traced) {
        this.chances = chances;
        this.trace = new Trace(timeline, traced);
        this.invariants = new Invariants(this);
    }

    Timeline timeline() {
        return timeline;
    }

    Facts facts() {
        return facts;
    }

    Chances chances() {
        return chances;
    }

    Trace trace() {
        return trace;
    }

    Invariants invariants() {
        return invariants;
    }

    Sight sight() {
        return new Sight(history, chances);
    }

    /** How long until a leader sees a change; in a replay always the same. */
    Duration leaderSight() {
        Duration steady = steadySight;
        return steady == null ? chances.sight() : steady;
    }

    void steadyLeaderSight(Duration span) {
        steadySight = span;
    }

    /** An operator has given his word that the service has stopped, or will. */
    void confirm(ServiceName service) {
        confirmed.add(service);
    }

    boolean isConfirmed(ServiceName service) {
        return confirmed.contains(service);
    }

    // ---- hosts

    Host add(String name) {
        Host host = new Host(this, new NodeId(name));
        hosts.put(host.node(), host);
        return host;
    }

    Collection<Host> hosts() {
        return hosts.values();
    }

    Host host(NodeId node) {
        Host host = hosts.get(node);
        if (host == null) {
            throw new IllegalArgumentException("no host " + node);
        }
        return host;
    }

    Incarnation nextSession() {
        return new Incarnation(++sessions);
    }

    // ---- the store

    /** Something was written: everybody will see it sooner or later. */
    void changed() {
        ClusterView view = facts.view();
        if (history.getLast().equals(view)) {
            return;
        }
        history.add(view);
        Lead current = lead;
        if (current != null) {
            current.changed();
        }
        hosts.values().forEach(Host::changed);
        if (current == null || !current.isPresent()) {
            electSoon();
        }
    }

    // ---- leadership

    private void electSoon() {
        if (!electing) {
            electing = true;
            timeline.in(chances.between(20, 400), () -> {
                electing = false;
                elect();
            });
        }
    }

    /** An agent that comes back gives up what its former process may have led. */
    void agentStarted() {
        Lead current = lead;
        if (current == null || !current.isPresent()) {
            electSoon();
        }
    }

    /** Another leadership begins, whether or not the former one knows that it is over. */
    void elect() {
        List<NodeId> members = facts.view().members().keySet().stream().sorted().toList();
        if (members.isEmpty()) {
            return;
        }
        NodeId node = members.get(chances.pick(members.size()));
        Epoch epoch = facts.elect(node);
        trace.say(node.value(), "leads " + epoch.number());
        lead = new Lead(this, host(node), epoch);
        changed();
        Optional.ofNullable(lead).ifPresent(Lead::changed);
    }
}
