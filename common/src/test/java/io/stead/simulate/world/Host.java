package io.stead.simulate.world;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.Holding;
import io.stead.model.service.NodeReports;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.view.ClusterView;
import io.stead.model.view.NodeView;
import io.stead.reconcile.Effect;
import io.stead.reconcile.LocalState;
import io.stead.reconcile.Reconciler;
import io.stead.reconcile.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One host: its power, its cable, its processes and their warden, its disk, and the agent that reconciles. The agent can be
 * stalled or killed while its processes run on.
 */
final class Host {
    private final World world;
    private final NodeId node;
    private final Sight sight;
    private final Processes processes = new Processes();
    private final Deeds deeds;
    private final List<Runnable> whenAwake = new ArrayList<>();
    private LocalState local = LocalState.EMPTY;
    private @Nullable Session session;
    private boolean powered;
    private boolean agentUp;
    private boolean stalled;
    private boolean cut;
    private boolean leaving;
    private long wakeAt = Long.MAX_VALUE;
    private int life;
    private int boot;
    private int sessionsBoot;

    Host(World world, NodeId node) {
        this.world = world;
        this.node = node;
        this.sight = world.sight();
        this.deeds = new Deeds(world, this);
    }

    NodeId node() {
        return node;
    }

    Processes processes() {
        return processes;
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /** The number of the agent's process: what an earlier one has begun comes back to nobody. */
    int life() {
        return life;
    }

    LocalState local() {
        return local;
    }

    /** What the agent knows has changed: it looks again. */
    void local(LocalState next) {
        local = next;
        wake(Duration.ZERO);
    }

    boolean isStuck(ServiceName service) {
        Processes.Proc proc = processes.all().get(service);
        return proc != null && proc.stuckUntil() > world.timeline().nanos();
    }

    boolean isOn() {
        return powered;
    }

    boolean isLeaving() {
        return leaving;
    }

    boolean mayAct() {
        return powered && agentUp && !stalled;
    }

    boolean isConnected() {
        return mayAct() && !cut;
    }

    /** Whether what was sent gets through, though the sender be stalled by now. */
    boolean isOnline() {
        return powered && !cut;
    }

    /** Whether its lease still permits holding, by its own clock. */
    boolean holds() {
        Session current = session;
        return current != null
                && current.lease(world.timeline().nanos())
                        .permits(world.timeline().now());
    }

    private void say(String what) {
        world.trace().say(node.value(), what);
    }

    // ---- what befalls it

    void powerOn() {
        if (!powered) {
            say("power on");
            powered = true;
            agentUp = true;
            stalled = false;
            leaving = false;
            life++;
            boot++;
            local = Deeds.afterBoot(local.restarted());
            new TreeSet<>(local.runs().keySet()).forEach(deeds::noticeLost);
            contactChanged();
        }
    }

    void powerOff() {
        if (powered) {
            say("power off");
            powered = false;
            agentUp = false;
            life++;
            processes.clear();
            whenAwake.clear();
            contactChanged();
        }
    }

    void killAgent() {
        if (agentUp) {
            say("agent killed");
            agentUp = false;
            life++;
            whenAwake.clear();
            contactChanged();
        }
    }

    void startAgent() {
        if (powered && !agentUp) {
            say("agent started");
            agentUp = true;
            stalled = false;
            local = local.restarted();
            new TreeSet<>(local.runs().keySet()).forEach(deeds::noticeLost);
            contactChanged();
            world.agentStarted();
        }
    }

    void stall(boolean stalls) {
        if (stalled != stalls && agentUp) {
            say(stalls ? "agent stalled" : "agent goes on");
            stalled = stalls;
            contactChanged();
        }
    }

    void cut(boolean isCut) {
        if (cut != isCut) {
            say(isCut ? "cut off" : "cable back");
            cut = isCut;
            contactChanged();
        }
    }

    /** Its host is to be shut down: it asks to leave, and goes when it has left. */
    void leave() {
        Session current = session;
        if (current != null && isConnected() && !leaving && world.facts().lives(node, current.incarnation)) {
            say("asks to leave");
            leaving = true;
            world.facts().say(new NodeStatus(node, current.incarnation, true, 0, true));
            world.changed();
        }
    }

    void say(NodeStatus status) {
        if (isConnected() && world.facts().lives(node, status.incarnation())) {
            world.facts().say(status);
            world.changed();
        }
    }

    /** The processes of a service vanish by themselves. */
    void lose(ServiceName service) {
        if (processes.has(service) && processes.kill(service, world.timeline().nanos())) {
            say("lost " + service);
            deeds.noticeLost(service);
        }
    }

    // ---- its session

    private void contactChanged() {
        Session current = session;
        if (!isConnected()) {
            if (current != null && current.hasContact()) {
                current.lose(world.timeline().nanos());
                countDown(current);
            }
            if (mayAct()) {
                awaken();
            }
            return;
        }
        // A session is resumed by the boot that opened it, or not at all.
        if (current != null && !current.isEnded() && sessionsBoot == boot) {
            current.regain(world.timeline().nanos());
        } else {
            session = null;
            connect();
        }
        awaken();
    }

    private void awaken() {
        List<Runnable> due = List.copyOf(whenAwake);
        whenAwake.clear();
        due.forEach(d -> world.timeline().in(Duration.ZERO, d));
        wake(Duration.ZERO);
    }

    private void connect() {
        if (!isConnected() || session != null) {
            return;
        }
        if (world.facts().view().members().containsKey(node)) {
            world.timeline().in(Duration.ofMillis(100), this::connect);
            return;
        }
        Session opened = new Session(world.nextSession(), world.timeline().nanos());
        session = opened;
        sessionsBoot = boot;
        say("session " + opened.incarnation);
        world.facts()
                .come(
                        new Member(node, opened.incarnation, "boot-" + boot, List.of(), Map.of()),
                        new NodeStatus(node, opened.incarnation, true, 0, leaving));
        world.changed();
        sight.catchUp();
        wake(Duration.ZERO);
    }

    /** Contact is lost: the lease runs low and out, the warden wakes, and at last the store ends the session. */
    private void countDown(Session lost) {
        long now = world.timeline().nanos();
        var lease = lost.lease(now);
        world.timeline().at(lease.endNanos() - lease.lowBefore().toNanos(), () -> wake(Duration.ZERO));
        world.timeline().at(lease.endNanos(), () -> {
            deeds.warden(lost);
            wake(Duration.ZERO);
        });
        long end = lost.earliestEnd(now) + world.chances().between(0, 300).toNanos();
        world.timeline().at(end, () -> {
            if (!lost.hasContact()
                    && !lost.isEnded()
                    && world.timeline().nanos()
                            >= lost.earliestEnd(world.timeline().nanos())) {
                endSession(lost, "session expired ");
            }
        });
    }

    private void endSession(Session ending, String what) {
        say(what + ending.incarnation);
        ending.end();
        Invariants.hold(
                processes.all().values().stream().noneMatch(Processes.Proc::exclusive),
                "I15",
                () -> "the session of " + node + " ends while it runs " + processes.all());
        world.invariants().sessionEnded(node, ending.incarnation);
        world.facts().end(node, ending.incarnation);
        world.changed();
    }

    /** The agent has halted: it ends its session, and comes back under another. */
    void endOwnSession() {
        Session current = session;
        if (current != null && isConnected() && !current.isEnded()) {
            endSession(current, "session closed ");
            session = null;
            if (leaving) {
                powerOff();
            } else {
                world.timeline().in(Duration.ofMillis(100), this::connect);
            }
        }
    }

    // ---- its agent

    void changed() {
        if (session != null) {
            wake(world.chances().sight());
        }
    }

    void whenAwake(Runnable deed) {
        whenAwake.add(deed);
    }

    /** What it has written itself is not hidden from it. */
    void seesItsOwn() {
        sight.catchUp(Sight.Part.HOLDINGS, Sight.Part.REPORTS);
    }

    /** Looks in that time at the latest. */
    void wake(Duration in) {
        long at = world.timeline().nanos() + in.toNanos();
        if (at < wakeAt) {
            wakeAt = at;
            world.timeline().at(at, () -> {
                if (wakeAt == at) {
                    wakeAt = Long.MAX_VALUE;
                    turn();
                }
            });
        }
    }

    private void turn() {
        Session current = session;
        if (!mayAct() || current == null) {
            return;
        }
        sight.look();
        NodeView view = view(current);
        if (leaving && local.isIdle() && hasLeft(view, current)) {
            endOwnSession();
            return;
        }
        var lease = current.lease(world.timeline().nanos());
        Work work = Reconciler.reconcile(view, local, lease, world.timeline().now());
        for (Effect effect : work.effects()) {
            local = local.begun(effect);
            deeds.begin(effect, current);
        }
        if (!work.effects().isEmpty()) {
            wake(Duration.ofMillis(1));
        } else if (sight.isBehind()) {
            wake(world.chances().sight());
        }
    }

    private boolean hasLeft(NodeView view, Session current) {
        return view.state()
                .filter(s ->
                        s.phase() == MemberPhase.INACTIVE && s.incarnation().equals(current.incarnation))
                .isPresent();
    }

    private NodeView view(Session current) {
        ClusterView seen = sight.view();
        Set<ServiceName> interest = new TreeSet<>(local.runs().keySet());
        for (ServiceAssignment assignment : seen.assignments().values()) {
            if (assignment.ownerOn(node, current.incarnation).isPresent()) {
                interest.add(assignment.service());
            }
        }
        seen.holdings().forEach((service, all) -> {
            if (all.stream().anyMatch(h -> h.node().equals(node))) {
                interest.add(service);
            }
        });
        Map<ServiceName, List<Holding>> holdings = new HashMap<>();
        interest.forEach(s -> holdings.put(s, seen.holdings().getOrDefault(s, List.of())));
        NodeReports none = new NodeReports(node, current.incarnation, List.of());
        NodeReports published = seen.reports().getOrDefault(node, none);
        return new NodeView(
                node,
                current.incarnation,
                seen.membership().of(node),
                seen.services(),
                seen.assignments(),
                holdings,
                published.incarnation().equals(current.incarnation) ? published : none,
                seen.unreadable());
    }
}
