package io.stead.model.spec;

import io.stead.model.ServiceName;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator wants of one service.
 *
 * @param parent the service where this one is placed (B16); a child has no choosing factors of its own, and its
 *     {@code placement} is {@link Placement#ANYWHERE}
 * @param stopGrace how much longer than its lease the service may take to stop on a node that lost it
 * @param critical of a child: that its failed start counts as its parent's (cases.md §7)
 * @param failures what follows from its failures
 */
public record ServiceSpec(
        ServiceName name,
        Placement placement,
        Optional<ServiceName> parent,
        Actions actions,
        Duration stopGrace,
        boolean critical,
        FailurePolicy failures) {
    /** With the usual consequences of failures. */
    public ServiceSpec(
            ServiceName name,
            Placement placement,
            Optional<ServiceName> parent,
            Actions actions,
            Duration stopGrace,
            boolean critical) {
        this(name, placement, parent, actions, stopGrace, critical, FailurePolicy.DEFAULT);
    }

    public ServiceSpec {
        if (parent.isPresent() && !placement.equals(Placement.ANYWHERE)) {
            throw new IllegalArgumentException(
                    "service " + name + ": a child is placed where its parent is; leave out placement, or parent");
        }
        if (stopGrace.isNegative()) {
            throw new IllegalArgumentException("stop-grace: use a duration of 0s or more");
        }
        if (parent.filter(name::equals).isPresent()) {
            throw new IllegalArgumentException("service " + name + ": it can't be its own parent");
        }
    }
}
