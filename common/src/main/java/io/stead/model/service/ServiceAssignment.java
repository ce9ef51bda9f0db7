package io.stead.model.service;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Text;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the leader has decided about one service; it is never deleted, so that generations only grow.
 *
 * @param generation the last one given out, to an owner, a recovery or an operator's wish
 * @param owners ordered by node; at most one where the policy is one
 * @param wanted the operator's last word where it differs from the spec's {@code register}
 * @param matureSince set while the maturity latch holds (B14)
 * @param firstUp when the first allowable node came up; unset while none is
 * @param gaveUp since when the leader does not try any more, for it has failed too often everywhere (C11)
 * @param reason why the assignment is as it is, for people
 */
public record ServiceAssignment(
        ServiceName service,
        long generation,
        List<Owner> owners,
        Optional<Boolean> wanted,
        Optional<Instant> matureSince,
        Optional<Instant> firstUp,
        Optional<Transfer> transfer,
        List<Failure> failures,
        Optional<Instant> gaveUp,
        String reason) {
    private static final int REASON_KEPT = 600;

    public ServiceAssignment {
        owners = owners.stream().sorted(Comparator.comparing(Owner::node)).toList();
        reason = Text.cut(reason, REASON_KEPT);
        failures = failures.stream().sorted(Comparator.comparing(Failure::node)).toList();
    }

    /** A service of which nothing has been decided yet. */
    public static ServiceAssignment unassigned(ServiceName service) {
        return new ServiceAssignment(
                service,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    public boolean isMature() {
        return matureSince.isPresent();
    }

    public Optional<Owner> ownerOn(NodeId node) {
        for (Owner owner : owners) {
            if (owner.node().equals(node)) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    public Optional<Owner> ownerOn(NodeId node, Incarnation incarnation) {
        return ownerOn(node).filter(o -> o.incarnation().equals(incarnation));
    }

    /** The failed starts in that life of the node. */
    public Optional<Failure> failureOn(NodeId node, Incarnation incarnation) {
        for (Failure f : failures) {
            if (f.node().equals(node) && f.incarnation().equals(incarnation)) {
                return Optional.of(f);
            }
        }
        return Optional.empty();
    }
}
