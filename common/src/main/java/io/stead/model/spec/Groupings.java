package io.stead.model.spec;

import io.stead.model.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The groupings (B16): who is whose child, to any depth. A service whose parent is unknown or whose line is a ring is misplaced. */
public final class Groupings {
    private final Map<ServiceName, ServiceSpec> specs;
    private final Map<ServiceName, List<ServiceName>> children = new HashMap<>();

    public Groupings(Map<ServiceName, ServiceSpec> specs) {
        this.specs = specs;
        for (ServiceSpec spec : specs.values()) {
            spec.parent()
                    .ifPresent(p ->
                            children.computeIfAbsent(p, k -> new ArrayList<>()).add(spec.name()));
        }
        children.values().forEach(list -> list.sort(null));
    }

    public List<ServiceName> children(ServiceName service) {
        return children.getOrDefault(service, List.of());
    }

    public Optional<ServiceName> parent(ServiceName service) {
        ServiceSpec spec = specs.get(service);
        return spec == null ? Optional.empty() : spec.parent();
    }

    /** Every service below this one, nearest first; a ring is walked once. */
    public List<ServiceName> descendants(ServiceName service) {
        if (!children.containsKey(service)) {
            return List.of();
        }
        Set<ServiceName> found = new LinkedHashSet<>();
        List<ServiceName> level = children(service);
        while (!level.isEmpty()) {
            List<ServiceName> next = new ArrayList<>();
            for (ServiceName child : level) {
                if (found.add(child)) {
                    next.addAll(children(child));
                }
            }
            level = next;
        }
        return List.copyOf(found);
    }

    /** The service whose choosing factors hold for this one: itself, or its topmost ancestor. */
    public ServiceName root(ServiceName service) {
        ServiceName at = service;
        Set<ServiceName> passed = new HashSet<>();
        Optional<ServiceName> up = parent(at);
        while (up.isPresent() && passed.add(at)) {
            at = up.get();
            up = parent(at);
        }
        return at;
    }

    /** The ancestor at which the line of parents ends without being defined, if so. */
    public Optional<ServiceName> missing(ServiceName service) {
        ServiceName top = root(service);
        return specs.containsKey(top) ? Optional.empty() : Optional.of(top);
    }

    /** Why the service has no place in any grouping, if so. */
    public Optional<String> misplaced(ServiceName service) {
        ServiceName at = service;
        Set<ServiceName> passed = new LinkedHashSet<>();
        while (passed.add(at)) {
            Optional<ServiceName> up = parent(at);
            if (up.isEmpty()) {
                return Optional.empty();
            }
            if (!specs.containsKey(up.get())) {
                return Optional.of("the parent " + up.get() + " of " + at + " is not defined");
            }
            at = up.get();
        }
        return Optional.of("its line of parents is a ring: " + String.join(" -> ", names(passed)) + " -> " + at);
    }

    private static List<String> names(Set<ServiceName> services) {
        return services.stream().map(ServiceName::value).toList();
    }
}
