package io.stead.simulate.world;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.NodeStatus;
import io.stead.model.view.NodeView;
import io.stead.reconcile.Effect;
import io.stead.reconcile.Lease;
import io.stead.reconcile.LocalState;
import io.stead.reconcile.Reconciler;
import io.stead.reconcile.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

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
    private final Line line;
    private final List<Runnable> whenAwake = new ArrayList<>();
    private LocalState local = LocalState.EMPTY;
    private boolean powered;
    private boolean agentUp;
    private boolean stalled;
    private boolean cut;
    private boolean leaving;
    private long unguardedFrom = Long.MAX_VALUE;
    private long wakeAt = Long.MAX_VALUE;
    private int life;
    private int boot;

    Host(World world, NodeId node) {
        this.world = world;
        this.node = node;
        this.sight = world.sight();
        this.deeds = new Deeds(world, this);
        this.line = new Line(world, this, deeds);
    }

    NodeId node() {
        return node;
    }

    Processes processes() {
        return processes;
    }

    Optional<Session> session() {
        return line.session();
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
    boolean isAgentUp() {
        return agentUp;
    }

    boolean isOnline() {
        return powered && !cut;
    }

    /** Whether its lease still permits holding, by its own clock. */
    boolean holds() {
        return line.holds();
    }

    /** Whether this may run no more, its lease being over. */
    boolean isOverdue(Processes.Proc proc) {
        return line.isOverdue(proc);
    }

    /** Whether that is the session it has now. */
    boolean isInLife(Incarnation incarnation) {
        return session().filter(s -> s.incarnation.equals(incarnation)).isPresent();
    }

    int boot() {
        return boot;
    }

    void say(String what) {
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
            processes.endRecoveries();
            processes.endStops(s -> true);
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

    /** Its warden is missed, or another was started. */
    void guard(boolean guards) {
        say(guards ? "guarded" : "unguarded");
        unguardedFrom = guards
                ? Long.MAX_VALUE
                : world.timeline().nanos() + Duration.ofSeconds(2).toNanos();
        wake(Duration.ZERO);
    }

    /** Its host is to be shut down: it asks to leave, and goes when it has left. */
    void leave() {
        Session current = session().orElse(null);
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
        if (processes.isContained(service)
                && processes.kill(service, world.timeline().nanos())) {
            say("lost " + service);
            deeds.noticeLost(service);
        }
    }

    /** A service runs, and does not work. */
    void fail(ServiceName service) {
        if (processes.has(service)) {
            say("fails " + service);
            deeds.noticeFailing(service);
        }
    }

    // ---- its agent

    private void contactChanged() {
        line.contactChanged();
        if (mayAct()) {
            List<Runnable> due = List.copyOf(whenAwake);
            whenAwake.clear();
            due.forEach(d -> world.timeline().in(Duration.ZERO, d));
            wake(Duration.ZERO);
        }
    }

    /** It has halted, and ends its session; the host goes off, or the agent comes back under another session. */
    void endOwnSession() {
        processes.endRecoveries();
        processes.endStops(s -> true);
        line.endOwn();
        if (leaving) {
            powerOff();
        }
    }

    void changed() {
        if (session().isPresent()) {
            wake(world.chances().sight());
        }
    }

    void whenAwake(Runnable deed) {
        whenAwake.add(deed);
    }

    /** A new session reads everything. */
    void seesAll() {
        sight.catchUp();
        wake(Duration.ZERO);
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

    /** Without a warden it holds nothing for longer than two seconds. */
    private Lease guarded(Lease lease) {
        return new Lease(Math.min(lease.endNanos(), unguardedFrom), lease.sessionEndNanos(), lease.lowBefore());
    }

    private void turn() {
        Session current = session().orElse(null);
        if (!mayAct() || current == null) {
            return;
        }
        if (!current.isEnded()) {
            sight.look();
        }
        NodeView view = sight.of(node, current.incarnation, local.runs().keySet());
        if (leaving && local.isIdle() && hasLeft(view, current)) {
            endOwnSession();
            return;
        }
        Lease lease = guarded(current.lease(world.timeline().nanos()));
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
}
