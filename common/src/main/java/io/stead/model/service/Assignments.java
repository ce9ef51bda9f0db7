package io.stead.model.service;

import io.stead.model.NodeId;
import io.stead.model.Now;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An assignment with one thing changed: the words in which deciders speak of it. */
public final class Assignments {
    private Assignments() {}

    public static ServiceAssignment because(ServiceAssignment a, String reason) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                a.owners(),
                a.wanted(),
                a.matureSince(),
                a.firstUp(),
                a.transfer(),
                a.failures(),
                a.gaveUp(),
                reason);
    }

    public static ServiceAssignment generation(ServiceAssignment a, long generation) {
        return new ServiceAssignment(
                a.service(),
                generation,
                a.owners(),
                a.wanted(),
                a.matureSince(),
                a.firstUp(),
                a.transfer(),
                a.failures(),
                a.gaveUp(),
                a.reason());
    }

    public static ServiceAssignment owners(ServiceAssignment a, List<Owner> owners) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                owners,
                a.wanted(),
                a.matureSince(),
                a.firstUp(),
                a.transfer(),
                a.failures(),
                a.gaveUp(),
                a.reason());
    }

    public static ServiceAssignment wanted(ServiceAssignment a, boolean wanted) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                a.owners(),
                Optional.of(wanted),
                a.matureSince(),
                a.firstUp(),
                a.transfer(),
                a.failures(),
                a.gaveUp(),
                a.reason());
    }

    public static ServiceAssignment latch(
            ServiceAssignment a, Optional<Instant> matureSince, Optional<Instant> firstUp) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                a.owners(),
                a.wanted(),
                matureSince,
                firstUp,
                a.transfer(),
                a.failures(),
                a.gaveUp(),
                a.reason());
    }

    public static ServiceAssignment transfer(ServiceAssignment a, Optional<Transfer> transfer) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                a.owners(),
                a.wanted(),
                a.matureSince(),
                a.firstUp(),
                transfer,
                a.failures(),
                a.gaveUp(),
                a.reason());
    }

    public static ServiceAssignment failures(ServiceAssignment a, List<Failure> failures) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                a.owners(),
                a.wanted(),
                a.matureSince(),
                a.firstUp(),
                a.transfer(),
                failures,
                a.gaveUp(),
                a.reason());
    }

    /** Given up, or taken up again. */
    public static ServiceAssignment gaveUp(ServiceAssignment a, Optional<Instant> since) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                a.owners(),
                a.wanted(),
                a.matureSince(),
                a.firstUp(),
                a.transfer(),
                a.failures(),
                since,
                a.reason());
    }

    public static ServiceAssignment add(ServiceAssignment a, Owner owner) {
        List<Owner> owners = new ArrayList<>(a.owners());
        owners.add(owner);
        return gaveUp(generation(owners(a, owners), Math.max(a.generation(), owner.generation())), Optional.empty());
    }

    public static ServiceAssignment replace(ServiceAssignment a, Owner owner, UnaryOperator<Owner> change) {
        return owners(
                a,
                a.owners().stream()
                        .map(o -> o.node().equals(owner.node()) ? change.apply(o) : o)
                        .toList());
    }

    public static ServiceAssignment remove(ServiceAssignment a, Owner owner) {
        return owners(
                a,
                a.owners().stream().filter(o -> !o.node().equals(owner.node())).toList());
    }

    public static ServiceAssignment failed(ServiceAssignment a, Owner owner, String detail, Now now) {
        int before = a.failureOn(owner.node(), owner.incarnation())
                .map(Failure::count)
                .orElse(0);
        List<Failure> failures =
                new ArrayList<>(forgiven(a, owner.node()::equals).failures());
        failures.add(
                new Failure(owner.node(), owner.incarnation(), before + 1, owner.generation(), now.wall(), detail));
        return failures(a, failures);
    }

    public static ServiceAssignment forgiven(ServiceAssignment a, Predicate<NodeId> on) {
        if (a.failures().isEmpty()) {
            return a;
        }
        return failures(a, a.failures().stream().filter(f -> !on.test(f.node())).toList());
    }

    /** What is kept of a service that is defined no more: its generation, so that those to come are higher. */
    public static ServiceAssignment tombstone(ServiceAssignment a) {
        return new ServiceAssignment(
                a.service(),
                a.generation(),
                a.owners(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                a.reason());
    }
}
