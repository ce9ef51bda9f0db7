package io.stead.model.check;

import io.stead.model.ServiceName;
import io.stead.model.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Who is whose child (B16). A parent that has no spec ends the line. */
public final class Ancestry {
    private Ancestry() {}

    /** The service itself, its parent, and so on up; each once, even where parents go round. */
    public static SequencedSet<ServiceName> line(ServiceName from, Map<ServiceName, ServiceSpec> specs) {
        SequencedSet<ServiceName> line = new LinkedHashSet<>();
        Optional<ServiceName> next = Optional.of(from);
        while (next.isPresent() && line.add(next.get())) {
            next = parent(next.get(), specs);
        }
        return line;
    }

    /**
     * The round of parents that one gets into from the service: from its smallest name to that name again, so that it
     * is the same from wherever it is found; empty where the line ends as it should.
     */
    public static Optional<List<ServiceName>> round(ServiceName from, Map<ServiceName, ServiceSpec> specs) {
        SequencedSet<ServiceName> line = line(from, specs);
        Optional<ServiceName> again = parent(line.getLast(), specs).filter(line::contains);
        return again.map(start -> {
            List<ServiceName> names =
                    line.stream().dropWhile(n -> !n.equals(start)).toList();
            int smallest =
                    names.indexOf(names.stream().min(ServiceName::compareTo).orElse(start));
            List<ServiceName> round = new ArrayList<>(names.subList(smallest, names.size()));
            round.addAll(names.subList(0, smallest));
            round.add(names.get(smallest));
            return List.copyOf(round);
        });
    }

    private static Optional<ServiceName> parent(ServiceName of, Map<ServiceName, ServiceSpec> specs) {
        return Optional.ofNullable(specs.get(of)).flatMap(ServiceSpec::parent);
    }
}
