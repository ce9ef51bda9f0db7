package io.stead.audit;

import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Failure;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.Transfer;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of each service: its owners, its recoveries, its transfer intent and its maturity. */
final class ServiceChanges {
    private final ServiceName service;
    private final ServiceAssignment before;
    private final ServiceAssignment after;
    private final ClusterView then;
    private final String why;
    private final Now now;
    private final List<Entry> entries;

    private ServiceChanges(
            ServiceAssignment before,
            ServiceAssignment after,
            ClusterView then,
            String why,
            Now now,
            List<Entry> entries) {
        this.service = after.service();
        this.before = before;
        this.after = after;
        this.then = then;
        this.why = why;
        this.now = now;
        this.entries = entries;
    }

    static void between(
            ClusterView before, ClusterView after, Map<ServiceName, Reason> why, Now now, List<Entry> entries) {
        for (ServiceAssignment assignment : new TreeMap<>(after.assignments()).values()) {
            ServiceAssignment earlier = before.assignment(assignment.service());
            if (!assignment.equals(earlier)) {
                Reason reason = why.get(assignment.service());
                String text = reason == null ? assignment.reason() : reason.sentence();
                new ServiceChanges(earlier, assignment, after, text, now, entries).all();
            }
        }
    }

    private void all() {
        wanted();
        maturity();
        transfer();
        for (Failure failure : after.failures()) {
            failure(failure);
        }
        for (Owner owner : before.owners()) {
            if (now(owner).isEmpty()) {
                gone(owner);
            }
        }
        for (Owner owner : after.owners()) {
            Optional<Owner> earlier = before.ownerOn(owner.node()).filter(o -> o.generation() == owner.generation());
            if (earlier.isEmpty()) {
                say(owner.node(), "assigned to " + at(owner), why);
            }
            owner(earlier, owner);
        }
    }

    private Optional<Owner> now(Owner earlier) {
        return after.ownerOn(earlier.node()).filter(o -> o.generation() == earlier.generation());
    }

    private void wanted() {
        if (!after.wanted().equals(before.wanted())) {
            after.wanted().ifPresent(w -> say(w ? "wanted" : "not wanted any more", why));
        }
    }

    private void maturity() {
        if (after.isMature() && !before.isMature()) {
            say("the cluster is mature for it", "");
        } else if (after.firstUp().isPresent() && before.firstUp().isEmpty()) {
            say("awaiting maturity", "");
        } else if (after.firstUp().isEmpty() && before.firstUp().isPresent()) {
            say("no allowed node is up", "");
        }
    }

    private void transfer() {
        if (after.transfer().isPresent() && !after.transfer().equals(before.transfer())) {
            Transfer transfer = after.transfer().get();
            String to = transfer.to().map(n -> " to " + n).orElse("");
            NodeId from = transfer.from();
            say(
                    from,
                    transfer.isRestart() ? "to be restarted on " + from : "to be transferred from " + from + to,
                    transfer.cause().sentence());
        } else if (after.transfer().isEmpty()
                && before.transfer().isPresent()
                && after.owners().isEmpty()) {
            say("its transfer has ended without a node that takes it", why);
        }
    }

    private void failure(Failure failure) {
        int earlier = before.failureOn(failure.node(), failure.incarnation())
                .map(Failure::count)
                .orElse(0);
        if (failure.count() > earlier) {
            String times = failure.count() == 1 ? "" : " (" + failure.count() + " times now)";
            say(failure.node(), "failed on " + failure.node() + times, failure.detail());
        }
    }

    /** An owner that is gone has stopped, was recovered, or had nothing to stop or recover. */
    private void gone(Owner owner) {
        boolean lives = then.lives(owner.node(), owner.incarnation());
        String what;
        if (!lives && owner.started() && owner.actions().has(Verb.RECOVERY)) {
            what = owner.recovery().flatMap(Recovery::runner).isPresent()
                    ? "recovered and deregistered"
                    : "recovery given up";
        } else if (!lives || owner.started()) {
            what = "deregistered";
        } else {
            what = "its start has ended without success";
        }
        boolean lost = !lives && owner.recovery().isEmpty();
        say(owner.node(), what + " on " + at(owner), lost ? owner.node() + " was lost" : why);
    }

    private void owner(Optional<Owner> earlier, Owner owner) {
        if (owner.started() && !earlier.map(Owner::started).orElse(false)) {
            say(owner.node(), "registered on " + at(owner), "");
        }
        if (owner.stopping().isPresent() && earlier.flatMap(Owner::stopping).isEmpty()) {
            say(owner.node(), "stopping on " + at(owner), owner.stopping().get().sentence());
        }
        Optional<Recovery> known = earlier.flatMap(Owner::recovery);
        if (!owner.recovery().equals(known)) {
            owner.recovery().ifPresent(r -> recovery(known.orElseGet(() -> Recovery.owed(r.since())), r));
        }
    }

    private void recovery(Recovery earlier, Recovery recovery) {
        recovery.failedOn().stream()
                .skip(earlier.failedOn().size())
                .forEach(n -> say(n, "recovery failed on " + n, recovery.detail()));
        recovery.runner()
                .ifPresentOrElse(
                        r -> say(r.node(), "recovering on " + r.node() + " (generation " + r.generation() + ")", why),
                        () -> say(recovery.failedOn().isEmpty() ? "recovery owed" : "recovery failed everywhere", why));
    }

    private static String at(Owner owner) {
        return owner.node() + " (generation " + owner.generation() + ")";
    }

    private void say(String what, String because) {
        entries.add(new Entry(now.wall(), "service " + service, Optional.empty(), what, because));
    }

    private void say(NodeId node, String what, String because) {
        entries.add(new Entry(now.wall(), "service " + service, Optional.of(node), what, because));
    }
}
