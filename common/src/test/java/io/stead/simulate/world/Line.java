package io.stead.simulate.world;

import io.stead.model.member.Member;
import io.stead.model.member.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host's line to the store: its session, what becomes of it without contact, and its next one. */
final class Line {
    private final World world;
    private final Host host;
    private final Deeds deeds;
    private @Nullable Session session;
    private int sessionsBoot;

    Line(World world, Host host, Deeds deeds) {
        this.world = world;
        this.host = host;
        this.deeds = deeds;
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    private long nanos() {
        return world.timeline().nanos();
    }

    /** Whether the lease still permits holding, by the host's own clock. */
    boolean holds() {
        return session()
                .filter(s -> s.lease(nanos()).permits(world.timeline().now()))
                .isPresent();
    }

    boolean isOverdue(Processes.Proc proc) {
        return session()
                .filter(s -> !proc.isOverdue(s.lease(nanos()), world.timeline().now()))
                .isEmpty();
    }

    void contactChanged() {
        Session current = session;
        if (!host.isConnected()) {
            if (current != null && current.hasContact()) {
                current.lose(nanos());
                countDown(current);
            }
        } else if (current != null && !current.isEnded() && sessionsBoot == host.boot()) {
            // A session is resumed by the boot that opened it, or not at all.
            current.regain(nanos());
        } else {
            connectAnew();
        }
    }

    /** The next life begins when all that may stop in its grace has stopped. */
    private void connectAnew() {
        Session over = session;
        boolean isOver = over == null || over.isEnded() || sessionsBoot != host.boot();
        if (!host.isConnected() || !isOver) {
            return;
        }
        if (over != null
                && sessionsBoot == host.boot()
                && host.local()
                        .isStoppingInGrace(over.lease(nanos()), world.timeline().now())) {
            world.timeline().in(Duration.ofMillis(100), this::connectAnew);
            host.wake(Duration.ZERO);
            return;
        }
        session = null;
        host.processes().endStops(Processes.Stop::isGuarded);
        connect();
    }

    private void connect() {
        if (!host.isConnected() || session != null) {
            return;
        }
        if (world.facts().view().members().containsKey(host.node())) {
            world.timeline().in(Duration.ofMillis(100), this::connect);
            return;
        }
        Session opened = new Session(world.nextSession(), nanos());
        session = opened;
        sessionsBoot = host.boot();
        host.say("session " + opened.incarnation);
        world.facts()
                .come(
                        new Member(host.node(), opened.incarnation, "boot-" + host.boot(), List.of(), Map.of()),
                        new NodeStatus(host.node(), opened.incarnation, true, 0, host.isLeaving()));
        world.changed();
        host.seesAll();
    }

    /** Contact is lost: the lease runs low and out, the warden wakes, and at last the store ends the session. */
    private void countDown(Session lost) {
        var lease = lost.lease(nanos());
        world.timeline().at(lease.endNanos() - lease.lowBefore().toNanos(), () -> host.wake(Duration.ZERO));
        world.timeline().at(lease.endNanos(), () -> {
            deeds.warden(lost);
            host.wake(Duration.ZERO);
        });
        long end = lost.earliestEnd(nanos()) + world.chances().between(0, 300).toNanos();
        world.timeline().at(end, () -> {
            if (!lost.hasContact() && !lost.isEnded() && nanos() >= lost.earliestEnd(nanos())) {
                end(lost, "session expired ");
            }
        });
    }

    private void end(Session ending, String what) {
        host.say(what + ending.incarnation);
        ending.end();
        world.invariants().sessionEnds(host, ending.incarnation);
        world.facts().end(host.node(), ending.incarnation);
        world.changed();
    }

    /** The agent has halted: it ends its session, and comes back under another. */
    void endOwn() {
        Session current = session;
        if (current != null && host.isConnected() && !current.isEnded()) {
            end(current, "session closed ");
            session = null;
            world.timeline().in(Duration.ofMillis(100), this::connect);
        }
    }
}
