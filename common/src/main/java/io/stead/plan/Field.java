package io.stead.plan;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.reason.Reason;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes as a choice sees them, each with what holds for every service: counted once for a plan, not once a service. */
final class Field {
    private final Map<NodeId, Runner> runners = new TreeMap<>();

    /** One known node. */
    static final class Runner {
        final NodeId node;
        final @Nullable Incarnation incarnation;
        /** Why it can take nothing at all, if so. */
        final Optional<Reason> unable;

        final boolean up;
        final int load;
        /** When it came up, where it is. */
        final Instant since;

        int owned;
        int given;

        private Runner(
                NodeId node,
                @Nullable Incarnation incarnation,
                Optional<Reason> unable,
                boolean up,
                int load,
                Instant since) {
            this.node = node;
            this.incarnation = incarnation;
            this.unable = unable;
            this.up = up;
            this.load = load;
            this.since = since;
        }

        /** The life in which an able node is present. */
        Incarnation life() {
            if (incarnation == null) {
                throw new IllegalStateException(node + " is not present");
            }
            return incarnation;
        }
    }

    static Field of(Draft draft) {
        Field field = new Field();
        for (NodeId node : draft.membership().states().keySet()) {
            field.runners.put(node, runner(draft, node));
        }
        for (NodeId node : draft.view.members().keySet()) {
            field.runners.computeIfAbsent(node, n -> runner(draft, n));
        }
        for (ServiceAssignment assignment : draft.assignments()) {
            long before = draft.view.assignment(assignment.service()).generation();
            for (Owner owner : assignment.owners()) {
                field.of(owner.node()).ifPresent(r -> {
                    r.owned++;
                    r.given += owner.generation() > before ? 1 : 0;
                });
            }
        }
        return field;
    }

    private static Runner runner(Draft draft, NodeId node) {
        Member member = draft.view.members().get(node);
        MemberState state = draft.membership().states().get(node);
        NodeStatus status = draft.view.statuses().get(node);
        if (member == null) {
            return new Runner(node, null, Optional.of(new Reason.Down()), false, 0, draft.now.wall());
        }
        boolean current = state != null && state.incarnation().equals(member.incarnation());
        MemberPhase phase = state != null && current ? state.phase() : MemberPhase.INACTIVE;
        NodeStatus told = status != null && status.incarnation().equals(member.incarnation()) ? status : null;
        return new Runner(
                node,
                member.incarnation(),
                unable(draft, node, phase, told),
                phase == MemberPhase.JOINED || phase == MemberPhase.LEAVING,
                told == null ? 0 : told.load(),
                state != null && current ? state.since() : draft.now.wall());
    }

    private static Optional<Reason> unable(Draft draft, NodeId node, MemberPhase phase, @Nullable NodeStatus status) {
        if (phase != MemberPhase.JOINED) {
            return Optional.of(new Reason.NotJoined(phase));
        }
        if (status != null && !status.ok()) {
            return Optional.of(new Reason.NotOk());
        }
        Optional<Reason.InMaintenance> maintained = draft.maintained(node);
        if (maintained.isPresent()) {
            return Optional.of(maintained.get());
        }
        return draft.override(node)
                .filter(NodeOverride::quiesced)
                .map(o -> new Reason.Quiesced(o.drained(), o.reason()));
    }

    Iterable<Runner> all() {
        return runners.values();
    }

    Optional<Runner> of(NodeId node) {
        return Optional.ofNullable(runners.get(node));
    }

    /** Keeps the counts true while the draft moves owners about. */
    void moved(ServiceAssignment before, ServiceAssignment after) {
        before.owners().forEach(o -> of(o.node()).ifPresent(r -> r.owned--));
        after.owners()
                .forEach(o -> of(o.node()).ifPresent(r -> {
                    r.owned++;
                    if (before.owners().stream().noneMatch(b -> b.generation() == o.generation())) {
                        r.given++;
                    }
                }));
        for (Owner owner : after.owners()) {
            owner.recovery()
                    .flatMap(Recovery::runner)
                    .filter(r -> r.generation() > before.generation())
                    .flatMap(r -> of(r.node()))
                    .ifPresent(r -> r.given++);
        }
    }
}
